import "server-only";

import type { SessionRunner } from "@/lib/db/connection";
import { SESSION_SETTINGS } from "@/lib/db/postgres/session-settings";
import type { TableShape } from "./snapshot.types";

/** Few enough that a thousand large rows fit into memory, and enough that the way to the database costs little. */
const ROWS_PER_FETCH = 1000;

/** The settings on which the text of a value depends. */
const TEXT_SETTINGS = ["DateStyle", "TimeZone", "IntervalStyle", "bytea_output", "extra_float_digits"];

/** Makes the session write and read every value in one form, and wait for its caller as long as that takes. */
export async function prepareSession(run: SessionRunner): Promise<void> {
  const settings = TEXT_SETTINGS.map((name) => `SET ${name} = '${SESSION_SETTINGS[name]}'`);
  await run([...settings, "SET idle_in_transaction_session_timeout = 0"].join(";"));
}

/** Reads the rows of a table as lines, in the transaction that the session is in. */
export async function* readTableRows(run: SessionRunner, { name, columns }: TableShape): AsyncIterable<string[]> {
  const texts = columns.map((column) => `${quoteName(column)}::text`).join(", ");
  await run(
    `DECLARE vestibule_rows NO SCROLL CURSOR FOR SELECT array_to_json(ARRAY[${texts}])::text AS line FROM ${quoteName(name)}`,
  );
  for (;;) {
    const rows = await run(`FETCH ${ROWS_PER_FETCH} FROM vestibule_rows`);
    if (rows.length > 0) yield rows.map(({ line }) => String(line));
    if (rows.length < ROWS_PER_FETCH) break;
  }
  await run("CLOSE vestibule_rows");
}

/** Returns the statement that stores lines of a table; `$1` is a JSON array of them. `types` are those of its columns. */
export function insertRowsSql({ name, columns }: TableShape, types: readonly string[]): string {
  const values = types.map((type, index) => `(line ->> ${index})::${type}`);
  return `INSERT INTO ${quoteName(name)} (${columns.map(quoteName).join(", ")})
    SELECT ${values.join(", ")} FROM jsonb_array_elements($1::text::jsonb) AS line`;
}

/** A name as SQL takes it. Names come from the catalogue or were compared with it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
