"""A client application in Python that signs with google-auth: its signer, its JWT, its transport."""

import json
import os
import time
import uuid
from urllib.parse import urlencode

from google.auth import crypt, jwt
from google.auth.transport.requests import Request

base_url = os.environ["BASE_URL"]
client_id = os.environ["CLIENT_ID"]
now = int(time.time())
claims = {
    "iss": client_id,
    "sub": client_id,
    "aud": os.environ["AUDIENCE"],
    "iat": now,
    # The life that the library gives to its own assertions.
    "exp": now + 3600,
    "jti": str(uuid.uuid4()),
}
signer = crypt.RSASigner.from_string(os.environ["PRIVATE_KEY"], os.environ["KEY_ID"])
form = {
    "grant_type": "client_credentials",
    "scope": "rooms:create",
    "requested_subject": "ana@example.com",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "client_assertion": jwt.encode(signer, claims).decode(),
}
send = Request()
headers = {"Content-Type": "application/x-www-form-urlencoded"}
answer = send(f"{base_url}/api/oauth/token", "POST", urlencode(form).encode(), headers)
token = json.loads(answer.data)
if answer.status != 200:
    print(json.dumps({"error": token["error"], "description": token["error_description"]}))
else:
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    created = send(f"{base_url}/api/external/rooms", "POST", headers=bearer)
    print(json.dumps({"scope": token["scope"], "created": created.status}))
