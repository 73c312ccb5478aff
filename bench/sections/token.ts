import type { Bench } from "../bench";
import { scaled } from "../data/bulk-rows";
import { type Comparisons, withComparisons } from "../harness/comparisons";
import { readResidentMib } from "../harness/proc";
import { type Row, runRows } from "../harness/run-rows";
import { vestibuleRow } from "../harness/vestibule-row";
import { createTables } from "../limits/token-statements";
import { CONNECTIONS, TOKEN_PATH, tokenRequest, tokenRequests } from "../load/requests";
import { toFigure, toRowTable } from "../report/table";

const BASELINE = "oidc-provider: in memory, plain secret, JWT ES256";
const SCOPE = "rooms:create rooms:list";
const LIMITS = {
  "limit: node:http, grouped reads, node:crypto, no trace": ["grouped", "crypto", "none"],
  "limit: node:http, grouped reads, node:crypto, trace committed in groups": ["grouped", "crypto", "grouped"],
  "limit: node:http, a read for each request, jose, no trace": ["each", "jose", "none"],
} as const;

/** The token endpoint beside what others have, and beside bare servers that show what is possible. */
export async function measureTokens(bench: Bench): Promise<string> {
  const { vestibule, options } = bench;
  const measured = await withComparisons(bench.cores, async (start) =>
    runRows(bench, [vestibuleRow(bench), await oidcProviderRow(start), ...(await limitRows(bench, start))]),
  );
  const { applications } = scaled(options.size);
  return `### Token endpoint

${toFigure(applications)} applications in the database. \`÷\` compares with oidc-provider, which stores nothing.

${toRowTable(measured, BASELINE)}

Start ${toFigure(vestibule.startSeconds)} s; memory ${toFigure(vestibule.idleMib)} MiB idle, ${toFigure(readResidentMib(vestibule.pid))} MiB after this load.
`;
}

async function oidcProviderRow(start: Comparisons): Promise<Row> {
  const clients = namedClients();
  const { origin, pid } = await start({
    script: "bench/servers/oidc-provider.mjs",
    env: { CLIENTS: JSON.stringify(clients) },
  });
  const requests = clients.map((client) => tokenRequest("/token", client, { scope: SCOPE }));
  return {
    name: BASELINE,
    parties: { server: pid },
    job: { origin, connections: CONNECTIONS, requests, expected: 200 },
  };
}

async function limitRows({ postgres, vestibule, options }: Bench, start: Comparisons): Promise<Row[]> {
  const database = await postgres.createDatabase("limits");
  const count = scaled(options.size).applications + vestibule.fixtures.people.length;
  await postgres.run(database, [createTables(count)]);
  const requests = tokenRequests(TOKEN_PATH, namedClients(), vestibule.fixtures.people);
  const rows: Row[] = [];
  for (const [name, [reads, signature, trace]] of Object.entries(LIMITS)) {
    const { origin, pid } = await start({
      script: ".build/bench/token-server.mjs",
      args: ["--database", database, "--reads", reads, "--signature", signature, "--trace", trace],
    });
    const job = { origin, connections: CONNECTIONS, requests, expected: 200 };
    rows.push({ name, parties: { server: pid, postgres: postgres.pid }, job });
  }
  return rows;
}

/** Sixteen clients, by the names and secrets that the bare servers' tables have. */
function namedClients(): { clientId: string; clientSecret: string }[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => ({
    clientId: `client-${index + 1}`,
    clientSecret: `secret-of-client-${index + 1}`,
  }));
}
