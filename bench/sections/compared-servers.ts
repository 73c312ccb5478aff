import type { Comparisons } from "../harness/comparisons";
import type { Row } from "../harness/run-rows";
import { CONNECTIONS, tokenRequest } from "../load/requests";

/** The row that every ratio of the token endpoint refers to. */
export const OIDC_PROVIDER = "oidc-provider: in memory, plain secret, JWT ES256";

const SCOPE = "rooms:create rooms:list";

/** What others have for machines to get a token from, at its cheapest: in memory, for client credentials. */
const SERVERS = [
  { name: OIDC_PROVIDER, script: "bench/servers/oidc-provider.mjs", path: "/token", form: { scope: SCOPE } },
  {
    name: "@node-oauth/oauth2-server: node:http, in memory, random tokens, no JWT",
    script: "bench/servers/oauth2-server.mjs",
    path: "/token",
    form: { scope: SCOPE },
  },
  {
    name: "better-auth, oauth-provider: in memory, hashed secret, JWT ES256",
    script: "bench/servers/better-auth.mjs",
    path: "/api/auth/oauth2/token",
    form: { scope: SCOPE, resource: "https://api.bench.example" },
  },
];

/** Starts them all. */
export async function startComparedServers(start: Comparisons): Promise<Row[]> {
  const clients = namedClients();
  const rows: Row[] = [];
  for (const { name, script, path, form } of SERVERS) {
    const { origin, pid } = await start({
      command: () => [process.execPath, script],
      env: { CLIENTS: JSON.stringify(clients) },
    });
    const requests = clients.map((client) => tokenRequest(path, client, form));
    rows.push({ name, parties: { server: pid }, job: { origin, connections: CONNECTIONS, requests, expected: 200 } });
  }
  return rows;
}

/** As many clients as there are connections, by the names and secrets that the bare servers' tables have. */
export function namedClients(): { clientId: string; clientSecret: string }[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => ({
    clientId: `client-${index + 1}`,
    clientSecret: `secret-of-client-${index + 1}`,
  }));
}
