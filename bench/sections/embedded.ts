import type { Bench } from "../bench";
import { runRows } from "../harness/run-rows";
import { startVestibule } from "../harness/vestibule";
import { vestibuleRow } from "../harness/vestibule-row";
import { toRowTable } from "../report/table";

const BASELINE = "Vestibule on PostgreSQL";

/** Tokens on the embedded database, beside PostgreSQL. */
export async function measureEmbedded(bench: Bench): Promise<string> {
  const embedded = await startVestibule({ cores: bench.cores });
  try {
    const rows = [vestibuleRow(bench, BASELINE), vestibuleRow({ vestibule: embedded }, "Vestibule, embedded database")];
    return `### Embedded database\n\nTokens.\n\n${toRowTable(await runRows(bench, rows), BASELINE)}\n`;
  } finally {
    await embedded.stop();
  }
}
