import { CONNECTIONS, TOKEN_PATH, tokenRequests } from "../load/requests";
import type { Postgres } from "./postgres";
import type { Row } from "./run-rows";
import type { Vestibule } from "./vestibule";

/** The product's token endpoint, asked by all its applications for all people. `postgres` is missing for the embedded database. */
export function vestibuleRow(
  { vestibule, postgres }: { vestibule: Vestibule; postgres?: Postgres },
  name = "Vestibule",
): Row {
  const { origin, pid, fixtures } = vestibule;
  const requests = tokenRequests(TOKEN_PATH, fixtures.applications, fixtures.people);
  return {
    name,
    parties: { server: pid, postgres: postgres?.pid },
    job: { origin, connections: CONNECTIONS, requests, expected: 200 },
  };
}
