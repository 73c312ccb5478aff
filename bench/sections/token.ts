import type { Bench } from "../bench";
import type { Cores } from "../harness/cores";
import { pinned } from "../harness/cores";
import { findFreePort, plainEnvironment, type Started, startProcess } from "../harness/processes";
import { type Row, runRows } from "../harness/run-rows";
import { CREATE_TABLES } from "../limits/token-statements";
import { tokenRequest, tokenRequests } from "../load/requests";
import { toRowTable } from "../report/table";

export const CONNECTIONS = 16;
export const TOKEN_PATH = "/api/oauth/token";
const BASELINE = "oidc-provider: in memory, plain secret, JWT ES256";
const SCOPE = "rooms:create rooms:list";

/** The token endpoint beside what others have, and beside bare servers that show what is possible. */
export async function measureTokens(bench: Bench): Promise<string> {
  const started: Started[] = [];
  try {
    const rows = [
      vestibuleRow(bench),
      await oidcProviderRow(bench.cores, started),
      ...(await limitRows(bench, started)),
    ];
    return `### Token endpoint\n\n${toRowTable(await runRows(bench, rows), BASELINE)}\n`;
  } finally {
    for (const { stop } of started) await stop();
  }
}

/** The product's own row. */
export function vestibuleRow({ vestibule, postgres }: Pick<Bench, "vestibule" | "postgres">, name = "Vestibule"): Row {
  const { origin, pid, fixtures } = vestibule;
  const requests = tokenRequests(TOKEN_PATH, fixtures.applications, fixtures.people);
  return {
    name,
    parties: { server: pid, postgres: postgres.pid },
    job: { origin, connections: CONNECTIONS, requests, expected: 200 },
  };
}

async function oidcProviderRow(cores: Cores, started: Started[]): Promise<Row> {
  const clients = namedClients();
  const { origin, pid } = await startComparison(cores, started, {
    script: "bench/servers/oidc-provider.mjs",
    env: { CLIENTS: JSON.stringify(clients) },
  });
  const requests = clients.map((client) => tokenRequest("/token", client, { scope: SCOPE }));
  return {
    name: BASELINE,
    parties: { server: pid, postgres: undefined },
    job: { origin, connections: CONNECTIONS, requests, expected: 200 },
  };
}

async function limitRows({ cores, postgres, vestibule }: Bench, started: Started[]): Promise<Row[]> {
  const database = await postgres.createDatabase("limits");
  await postgres.query(database, CREATE_TABLES);
  const limits = {
    "limit: node:http, grouped reads, node:crypto, no trace": { reads: "grouped", signature: "crypto", trace: "none" },
    "limit: node:http, grouped reads, node:crypto, trace committed in groups": {
      reads: "grouped",
      signature: "crypto",
      trace: "grouped",
    },
    "limit: node:http, a read for each request, jose, no trace": { reads: "each", signature: "jose", trace: "none" },
  };
  const requests = tokenRequests(TOKEN_PATH, namedClients(), vestibule.fixtures.people);
  const rows: Row[] = [];
  for (const [name, { reads, signature, trace }] of Object.entries(limits)) {
    const { origin, pid } = await startComparison(cores, started, {
      script: ".build/bench/token-server.mjs",
      args: ["--database", database, "--reads", reads, "--signature", signature, "--trace", trace],
    });
    rows.push({
      name,
      parties: { server: pid, postgres: postgres.pid },
      job: { origin, connections: CONNECTIONS, requests, expected: 200 },
    });
  }
  return rows;
}

/** Sixteen clients, by the names and secrets that the bare servers' tables have. */
function namedClients(): { clientId: string; clientSecret: string }[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => ({
    clientId: `client-${index}`,
    clientSecret: `secret-of-client-${index}`,
  }));
}

/** Starts a server that the product is compared with, on the product's core. It is told its port in both ways there are. */
async function startComparison(
  cores: Cores,
  started: Started[],
  { script, args, env = {} }: { script: string; args?: string[]; env?: Record<string, string> },
): Promise<Started & { origin: string }> {
  const port = String(await findFreePort());
  const server = await startProcess({
    command: pinned(cores?.server, [process.execPath, script, ...(args ? ["--port", port, ...args] : [])]),
    env: { ...plainEnvironment(), PORT: port, ...env },
    ready: /^ready$/m,
  });
  started.push(server);
  return { ...server, origin: `http://127.0.0.1:${port}` };
}
