import type { Bench } from "../bench";
import { limitCommand, withComparisons } from "../harness/comparisons";
import type { LoadRequest } from "../harness/load";
import { type Row, runRows } from "../harness/run-rows";
import { obtainTokens } from "../harness/vestibule-tokens";
import { CONNECTIONS, roomRequests } from "../load/requests";
import { toRowTable } from "../report/table";

const BARE = "limit: node:http, the same SQL";

/** Creating and listing rooms, beside a bare server on the same database that is called with the same tokens. */
export async function measureRooms(bench: Bench): Promise<string> {
  const { vestibule, postgres, databaseUrl, cores } = bench;
  const { people, readers } = vestibule.fixtures;
  const creations = roomRequests("POST", await obtainTokens(vestibule, people));
  const lists = roomRequests("GET", await obtainTokens(vestibule, readers));
  const jwks = await readKeys(vestibule.origin);

  return withComparisons(cores, async (start) => {
    const bare = await start({
      command: limitCommand("rooms-server.mjs", ["--database", databaseUrl, "--jwks", jwks]),
    });
    const rowsOf = (requests: readonly LoadRequest[], expected: number): Row[] =>
      [
        { name: "Vestibule", ...vestibule },
        { name: BARE, ...bare },
      ].map(({ name, pid, origin }) => ({
        name,
        parties: { server: pid, postgres: postgres.pid },
        job: { origin, connections: CONNECTIONS, requests, expected },
      }));
    const created = await runRows(bench, rowsOf(creations, 201));
    const listed = await runRows(bench, rowsOf(lists, 200));
    return `### Rooms API

Creating a room:

${toRowTable(created, BARE)}

Listing the twenty rooms of a person:

${toRowTable(listed, BARE)}
`;
  });
}

/** The published keys of an authorization server, where its metadata says that they are (RFC 8414). */
async function readKeys(origin: string): Promise<string> {
  const metadata = await fetch(`${origin}/.well-known/oauth-authorization-server`);
  const { jwks_uri: address } = (await metadata.json()) as { jwks_uri: string };
  return (await fetch(address)).text();
}
