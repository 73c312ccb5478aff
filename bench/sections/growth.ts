import type { Bench } from "../bench";
import { applicationStatements, scaled } from "../data/bulk-rows";
import { runRows } from "../harness/run-rows";
import { startVestibule } from "../harness/vestibule";
import { vestibuleRow } from "../harness/vestibule-row";
import { toFigure, toRowTable } from "../report/table";

const FEW = 100;

/** Whether a token costs more where there are more applications. */
export async function measureGrowth(bench: Bench): Promise<string> {
  const { cores, postgres, options } = bench;
  const small = await startVestibule({
    cores,
    databaseUrl: await postgres.createDatabase("small"),
    fill: (url) => postgres.run(url, applicationStatements(FEW)),
  });
  try {
    const nameOf = (count: number) => `${toFigure(count)} applications`;
    const rows = [
      vestibuleRow({ vestibule: small, postgres }, nameOf(FEW)),
      vestibuleRow(bench, nameOf(scaled(options.size).applications)),
    ];
    return `### Growth\n\nTokens.\n\n${toRowTable(await runRows(bench, rows), nameOf(FEW))}\n`;
  } finally {
    await small.stop();
  }
}
