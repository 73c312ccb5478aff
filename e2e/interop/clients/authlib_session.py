"""A client application in Python: Authlib's OAuth2Session on requests, used as its documentation shows."""

import json
import os

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

base_url = os.environ["BASE_URL"]
server = OAuth2Session().get(f"{base_url}/.well-known/oauth-authorization-server", withhold_token=True).json()
session = OAuth2Session(
    os.environ["CLIENT_ID"],
    os.environ["CLIENT_SECRET"],
    token_endpoint_auth_method=os.environ["AUTH_METHOD"],
    scope="ana@example.com rooms:create rooms:list",
)

try:
    token = session.fetch_token(server["token_endpoint"], grant_type="client_credentials")
except OAuthError as error:
    print(json.dumps({"error": error.error, "description": error.description}))
else:
    rooms = f"{base_url}/api/external/rooms"
    created = session.post(rooms, json={})
    listed = session.get(rooms)
    print(
        json.dumps(
            {
                "token": {name: token[name] for name in ("access_token", "token_type", "expires_in", "scope")},
                "created": {"status": created.status_code, "id": created.json().get("id")},
                "listed": {"status": listed.status_code, "ids": [room["id"] for room in listed.json()["results"]]},
            }
        )
    )
