import { cpSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import type { Comparisons } from "../harness/comparisons";
import { plainEnvironment, runProcess } from "../harness/processes";
import type { Row } from "../harness/run-rows";
import { CONNECTIONS, TOKEN_PATH, tokenRequests } from "../load/requests";
import { namedClients } from "./compared-servers";

const NEXT: string = createRequire(import.meta.url)("next/package.json").version;
/** Another version builds it anew. */
const FOLDER = `.build/bench/empty-next-${NEXT}`;

/** Next with one route handler that reads nothing and answers `{}`: what a token would cost at least if Next served it. */
export async function startEmptyNext(start: Comparisons, people: readonly string[]): Promise<Row> {
  cpSync("bench/servers/empty-next", FOLDER, { recursive: true });
  if (!existsSync(`${FOLDER}/.next/BUILD_ID`)) {
    const env = { ...plainEnvironment(), NEXT_TELEMETRY_DISABLED: "1" };
    await runProcess([process.execPath, "node_modules/next/dist/bin/next", "build", FOLDER], { env });
  }
  const { origin, pid } = await start({ command: () => [process.execPath, "bench/servers/next-server.mjs", FOLDER] });
  const requests = tokenRequests(TOKEN_PATH, namedClients(), people);
  const job = { origin, connections: CONNECTIONS, requests, expected: 200 };
  return { name: "Next alone: a route handler that answers {}", parties: { server: pid }, job };
}
