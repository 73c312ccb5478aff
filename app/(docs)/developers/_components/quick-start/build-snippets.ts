import type { QuickStartTab } from "./address-state";

/** What a program is made for. All of it must be plain: it stands in the program as it is. */
export type SnippetSubject = {
  publicUrl: string;
  /** Empty where nobody has said it: the program then reads it from the environment, as the secret. */
  clientId: string;
  email: string;
};

/**
 * The quick start as programs to copy: a token for a person, and a room of that person. None of them holds a secret;
 * each stops where no token is given and says what the token endpoint has said, and tells of the token its length alone.
 */
export const SNIPPETS: Record<QuickStartTab, { label: string; build(subject: SnippetSubject): string }> = {
  curl: { label: "curl", build: curl },
  typescript: { label: "TypeScript", build: typeScript },
  python: { label: "Python", build: python },
  n8n: { label: "n8n", build: n8n },
};

/** `${TOKEN:?…}` ends a script, and in a terminal the command alone: nothing is called without a token. */
function curl({ publicUrl, clientId, email }: SnippetSubject): string {
  const client = clientId === "" ? "$VESTIBULE_CLIENT_ID" : clientId;
  return `ANSWER=$(curl -sS "${publicUrl}/api/oauth/token" \\
  -u "${client}:$VESTIBULE_CLIENT_SECRET" \\
  -d grant_type=client_credentials \\
  --data-urlencode requested_subject=${email})
TOKEN=$(printf '%s' "$ANSWER" | sed -nE 's/.*"access_token":"([^"]+)".*/\\1/p')

curl -sS --fail-with-body -X POST "${publicUrl}/api/external/rooms" \\
  -H "Authorization: Bearer \${TOKEN:?$ANSWER}" &&
  echo " (with a token of \${#TOKEN} characters)" >&2`;
}

function typeScript({ publicUrl, clientId, email }: SnippetSubject): string {
  const client = clientId === "" ? 'env.VESTIBULE_CLIENT_ID ?? ""' : `"${clientId}"`;
  return `import { env } from "node:process";

const base = "${publicUrl}";
const clientId = ${client};
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
console.error(\`A token of \${token.length} characters\`);

const room = await call("/api/external/rooms", { headers: { Authorization: \`Bearer \${token}\` } });
console.log(JSON.stringify(room));`;
}

function python({ publicUrl, clientId, email }: SnippetSubject): string {
  const client = clientId === "" ? 'os.environ["VESTIBULE_CLIENT_ID"]' : `"${clientId}"`;
  return `import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BASE = "${publicUrl}"
CLIENT_ID = ${client}
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
answer = call(
    "/api/oauth/token",
    f"Basic {credentials}",
    {"grant_type": "client_credentials", "requested_subject": "${email}"},
)
token = answer["access_token"]
print(f"A token of {len(token)} characters", file=sys.stderr)

room = call("/api/external/rooms", f"Bearer {token}")
print(json.dumps(room))`;
}

/** A workflow to paste into the editor of n8n: a trigger and two HTTP Request nodes. */
function n8n({ publicUrl, clientId, email }: SnippetSubject): string {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId === "" ? "={{ $env.VESTIBULE_CLIENT_ID }}" : clientId,
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
