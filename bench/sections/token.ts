import type { Bench } from "../bench";
import { applicationStatements, scaled } from "../data/bulk-rows";
import { type Comparisons, limitCommand, withComparisons } from "../harness/comparisons";
import { readResidentMib } from "../harness/proc";
import { type Row, runRows } from "../harness/run-rows";
import { startVestibule, type Vestibule } from "../harness/vestibule";
import { vestibuleRow } from "../harness/vestibule-row";
import { createTables } from "../limits/token-statements";
import { CONNECTIONS, TOKEN_PATH, tokenRequests } from "../load/requests";
import { toFigure, toRowTable } from "../report/table";
import { namedClients, OIDC_PROVIDER, startComparedServers } from "./compared-servers";
import { startDjango } from "./django";
import { startEmptyNext } from "./empty-next";

const LIMITS = {
  "limit: node:http, grouped reads, node:crypto, no trace": ["grouped", "crypto", "none"],
  "limit: node:http, grouped reads, node:crypto, trace committed in groups": ["grouped", "crypto", "grouped"],
  "limit: node:http, a read for each request, jose, no trace": ["each", "jose", "none"],
} as const;

/** The token endpoint beside what others have, and beside bare servers that show what is possible. */
export async function measureTokens(bench: Bench): Promise<string> {
  const { vestibule, options } = bench;
  const soon = await startWritingSoon(bench);
  const { measured, missing } = await withComparisons(bench.cores, async (start) => {
    const django = await startDjango(bench, start);
    const isMissing = typeof django === "string";
    const rows = [
      vestibuleRow(bench),
      vestibuleRow({ ...bench, vestibule: soon }, "Vestibule, ACTIVITY_WRITE=soon"),
      ...(await startComparedServers(start)),
      ...(isMissing ? [] : [django]),
      await startEmptyNext(start, vestibule.fixtures.people),
      ...(await limitRows(bench, start)),
    ];
    return { measured: await runRows(bench, rows), missing: isMissing ? `\nNot measured: ${django}\n` : "" };
  }).finally(() => soon.stop());
  const { applications } = scaled(options.size);
  return `### Token endpoint

${toFigure(applications)} applications in the database. \`÷\` compares with oidc-provider, which stores nothing.

${toRowTable(measured, OIDC_PROVIDER)}
${missing}
Start ${toFigure(vestibule.startSeconds)} s; memory ${toFigure(vestibule.idleMib)} MiB idle, ${toFigure(readResidentMib(vestibule.pid))} MiB after this load.
`;
}

/** The same product on a database just as full, which stores the trace of a token within a second and not before the answer. */
async function startWritingSoon({ cores, postgres, options }: Bench): Promise<Vestibule> {
  return startVestibule({
    cores,
    databaseUrl: await postgres.createDatabase("soon"),
    fill: (url) => postgres.run(url, applicationStatements(scaled(options.size).applications)),
    settings: { ACTIVITY_WRITE: "soon" },
  });
}

async function limitRows({ postgres, vestibule, options }: Bench, start: Comparisons): Promise<Row[]> {
  const database = await postgres.createDatabase("limits");
  const count = scaled(options.size).applications + vestibule.fixtures.people.length;
  await postgres.run(database, [createTables(count)]);
  const requests = tokenRequests(TOKEN_PATH, namedClients(), vestibule.fixtures.people);
  const rows: Row[] = [];
  for (const [name, [reads, signature, trace]] of Object.entries(LIMITS)) {
    const flags = ["--reads", reads, "--signature", signature, "--trace", trace];
    const { origin, pid } = await start({
      command: limitCommand("token-server.mjs", ["--database", database, ...flags]),
    });
    const job = { origin, connections: CONNECTIONS, requests, expected: 200 };
    rows.push({ name, parties: { server: pid, postgres: postgres.pid }, job });
  }
  return rows;
}
