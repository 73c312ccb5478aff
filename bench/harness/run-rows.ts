import type { Bench } from "../bench";
import { interleave } from "./interleave";
import type { LoadJob } from "./load";
import { runLoad } from "./load";
import { measureRound, type Parties, type Round } from "./measure";

/** Something that answers requests, and the requests. */
export type Row = {
  name: string;
  parties: Parties;
  job: Omit<LoadJob, "seconds">;
};

export type MeasuredRow = { name: string; rounds: Round[] };

/** Seconds of load before anything is measured: code is compiled and secrets are verified for the first time. */
const WARM_UP_SECONDS = { quick: 3, full: 6 };

/** Warms every row up and measures all of them in interleaved rounds. Rejects when a row answers nothing. */
export async function runRows(bench: Bench, rows: readonly Row[]): Promise<MeasuredRow[]> {
  const { cores, options, say } = bench;
  for (const { name, job } of rows) {
    const seconds = options.isQuick ? WARM_UP_SECONDS.quick : WARM_UP_SECONDS.full;
    const { latencies, unexpected, sample } = await runLoad({ ...job, seconds }, cores);
    if (latencies.length === 0) {
      throw new Error(`${name} answers nothing as expected: ${JSON.stringify(unexpected)} ${sample}`);
    }
  }
  const measured = rows.map(({ name }) => ({ name, rounds: [] as Round[] }));
  for (const [index, order] of interleave(rows, options.rounds).entries()) {
    say(`round ${index + 1} of ${options.rounds}`);
    for (const { name, job, parties } of order) {
      const round = await measureRound({ ...job, seconds: options.seconds }, parties, cores);
      measured.find((row) => row.name === name)?.rounds.push(round);
    }
  }
  return measured;
}
