"""A client application in Python that signs: Authlib's PrivateKeyJWT, used as its documentation shows."""

import json
import os

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

base_url = os.environ["BASE_URL"]
token_endpoint = f"{base_url}/api/oauth/token"
session = OAuth2Session(
    os.environ["CLIENT_ID"],
    os.environ["PRIVATE_KEY"],
    token_endpoint_auth_method="private_key_jwt",
    scope="rooms:create",
)
# What it calls the token endpoint is the audience, and its default is where the request goes.
session.register_client_auth_method(PrivateKeyJWT(os.environ.get("AUDIENCE"), alg="ES256"))

try:
    token = session.fetch_token(
        token_endpoint, grant_type="client_credentials", requested_subject="ana@example.com"
    )
except OAuthError as error:
    print(json.dumps({"error": error.error, "description": error.description}))
else:
    created = session.post(f"{base_url}/api/external/rooms")
    print(json.dumps({"scope": token["scope"], "created": created.status_code}))
