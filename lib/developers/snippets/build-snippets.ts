import "server-only";

/** A program to copy. It reads the secret from the environment: nothing that is shown or copied ever holds one. */
export type Snippet = { label: string; code: string };

/**
 * Builds the quick start for one application: a token for a person, and a room of that person, in four languages. Where
 * no token is given, each stops and says what the token endpoint has said.
 */
export function buildSnippets(application: { publicUrl: string; clientId: string; email: string }): Snippet[] {
  return [
    { label: "curl", code: curl(application) },
    { label: "TypeScript", code: typeScript(application) },
    { label: "Python", code: python(application) },
    { label: "n8n", code: n8n(application) },
  ];
}

type Application = Parameters<typeof buildSnippets>[0];

/** `${TOKEN:?…}` ends a script, and in a terminal the command alone: nothing is called without a token. */
function curl({ publicUrl, clientId, email }: Application): string {
  return `ANSWER=$(curl -sS "${publicUrl}/api/oauth/token" \\
  -u "${clientId}:$VESTIBULE_CLIENT_SECRET" \\
  -d grant_type=client_credentials \\
  -d requested_subject=${email})
TOKEN=$(printf '%s' "$ANSWER" | sed -nE 's/.*"access_token":"([^"]+)".*/\\1/p')

curl -sS --fail-with-body -X POST "${publicUrl}/api/external/rooms" \\
  -H "Authorization: Bearer \${TOKEN:?$ANSWER}"`;
}

function typeScript({ publicUrl, clientId, email }: Application): string {
  return `import { env } from "node:process";

const base = "${publicUrl}";
const clientId = "${clientId}";
const clientSecret = env.VESTIBULE_CLIENT_SECRET ?? "";

async function call(path: string, request: RequestInit) {
  const answer = await fetch(base + path, { method: "POST", ...request });
  const body = await answer.json();
  if (!answer.ok) throw new Error(\`\${answer.status} \${body.detail} \${body.error_uri ?? body.type}\`);
  return body;
}

const { access_token: token } = await call("/api/oauth/token", {
  headers: { Authorization: "Basic " + btoa(\`\${clientId}:\${clientSecret}\`) },
  body: new URLSearchParams({ grant_type: "client_credentials", requested_subject: "${email}" }),
});

const room = await call("/api/external/rooms", { headers: { Authorization: \`Bearer \${token}\` } });
console.log(JSON.stringify(room));`;
}

function python({ publicUrl, clientId, email }: Application): string {
  return `import base64
import json
import os
import urllib.error
import urllib.parse
import urllib.request

BASE = "${publicUrl}"
CLIENT_ID = "${clientId}"
CLIENT_SECRET = os.environ["VESTIBULE_CLIENT_SECRET"]


def call(path, authorization, form=None):
    body = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(BASE + path, data=body, method="POST")
    request.add_header("Authorization", authorization)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        raise SystemExit(refusal.read().decode())


credentials = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
token = call(
    "/api/oauth/token",
    f"Basic {credentials}",
    {"grant_type": "client_credentials", "requested_subject": "${email}"},
)
room = call("/api/external/rooms", f"Bearer {token['access_token']}")
print(json.dumps(room))`;
}

/** A workflow to paste into the editor of n8n: a trigger and two HTTP Request nodes. */
function n8n({ publicUrl, clientId, email }: Application): string {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: "={{ $env.VESTIBULE_CLIENT_SECRET }}",
    requested_subject: email,
  };
  const node = (name: string, x: number, parameters: Record<string, unknown>) => ({
    name,
    type: "n8n-nodes-base.httpRequest",
    typeVersion: 4.2,
    position: [x, 0],
    parameters: { method: "POST", ...parameters },
  });
  const list = (values: Record<string, string>) => ({
    parameters: Object.entries(values).map(([name, value]) => ({ name, value })),
  });
  const workflow = {
    nodes: [
      { name: "Start", type: "n8n-nodes-base.manualTrigger", typeVersion: 1, position: [0, 0], parameters: {} },
      node("Get a token", 220, {
        url: `${publicUrl}/api/oauth/token`,
        sendBody: true,
        contentType: "form-urlencoded",
        bodyParameters: list(form),
      }),
      node("Create a room", 440, {
        url: `${publicUrl}/api/external/rooms`,
        sendHeaders: true,
        headerParameters: list({ Authorization: "=Bearer {{ $json.access_token }}" }),
      }),
    ],
    connections: {
      Start: { main: [[{ node: "Get a token", type: "main", index: 0 }]] },
      "Get a token": { main: [[{ node: "Create a room", type: "main", index: 0 }]] },
    },
  };
  return JSON.stringify(workflow, null, 2);
}
