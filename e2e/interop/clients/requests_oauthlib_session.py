"""A client application in Python: requests-oauthlib's OAuth2Session, used as its documentation shows."""

import json
import os

from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error
from requests_oauthlib import OAuth2Session

base_url = os.environ["BASE_URL"]
client_id = os.environ["CLIENT_ID"]
session = OAuth2Session(client=BackendApplicationClient(client_id, scope=os.environ["SCOPE"].split(" ")))

try:
    token = session.fetch_token(
        f"{base_url}/api/oauth/token",
        client_id=client_id,
        client_secret=os.environ["CLIENT_SECRET"],
        **json.loads(os.environ["MORE"]),
    )
except OAuth2Error as error:
    print(json.dumps({"error": error.error, "description": error.description}))
except Warning as warning:
    print(json.dumps({"raised": str(warning)}))
else:
    created = session.post(f"{base_url}/api/external/rooms")
    print(json.dumps({"scope": token["scope"], "created": created.status_code}))
