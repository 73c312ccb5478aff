"""Django OAuth Toolkit as Debian packages it, on PostgreSQL. Run as a program it makes its tables and clients; gunicorn serves
`application`."""
import json
import os
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

address = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="a secret of the bench, which guards nothing at all",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path[1:],
            "USER": address.username,
            "PASSWORD": address.password or "",
            "HOST": address.hostname,
            "PORT": address.port,
            # Connections stay open between requests.
            "CONN_MAX_AGE": None,
        }
    },
    OAUTH2_PROVIDER={"SCOPES": {"rooms:create": "Create rooms", "rooms:list": "List rooms"}},
)
django.setup()
urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for client in json.loads(os.environ["CLIENTS"]):
        Application.objects.create(
            client_id=client["clientId"],
            client_secret=client["clientSecret"],
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        )
