"""A resource server in Python: it knows the issuer's address and a token, and authlib.jose."""

import json
import os

import requests
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.jose.errors import JoseError

issuer = os.environ["ISSUER"]
server = requests.get(f"{issuer}/.well-known/oauth-authorization-server", timeout=300).json()
keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"], timeout=300).json())
expected = {
    "iss": {"essential": True, "value": issuer},
    "aud": {"essential": True, "value": os.environ["AUDIENCE"]},
    "exp": {"essential": True},
    "sub": {"essential": True},
}

try:
    claims = JsonWebToken(["ES256"]).decode(os.environ["TOKEN"], keys, claims_options=expected)
    claims.validate()
except (JoseError, ValueError) as error:
    print(json.dumps({"refused": type(error).__name__}))
else:
    print(json.dumps({"header": claims.header, "claims": claims}))
