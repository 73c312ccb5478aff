import type { Bench } from "../bench";
import type { Cores } from "./cores";
import { interleave } from "./interleave";
import { type LoadJob, runLoad } from "./load";
import { measureRound, type Parties, type Round } from "./measure";

/** Something that answers requests, and the requests. */
export type Row = {
  name: string;
  parties: Parties;
  job: Omit<LoadJob, "seconds">;
};

export type MeasuredRow = { name: string; rounds: Round[] };

/** Answers before anything is measured: code is compiled and secrets are verified for the first time. */
const WARM_UP_ANSWERS = { quick: 300, full: 2_000 };
const WARM_UP_SECONDS = 3;
/** A server that takes longer than this is not cold but slow. */
const WARM_UPS_MAX = 8;

/** Warms every row up and measures all of them in interleaved rounds. Rejects when a row answers nothing. */
export async function runRows(bench: Bench, rows: readonly Row[]): Promise<MeasuredRow[]> {
  const { cores, options, say } = bench;
  for (const row of rows) await warmUp(row, cores, options.isQuick ? WARM_UP_ANSWERS.quick : WARM_UP_ANSWERS.full);
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

/** Refusals are no failure yet: on a busy machine a cold server may say that it cannot answer now. */
async function warmUp({ name, job }: Row, cores: Cores, answers: number): Promise<void> {
  let answered = 0;
  let refused = "";
  for (let time = 0; time < WARM_UPS_MAX && answered < answers; time += 1) {
    const warmUpJob = { ...job, seconds: WARM_UP_SECONDS, enough: answers };
    const { latencies, unexpected, sample } = await runLoad(warmUpJob, cores);
    answered += latencies.length;
    if (sample !== "") refused = `: ${JSON.stringify(unexpected)} ${sample}`;
  }
  if (answered === 0) throw new Error(`${name} answers nothing as expected${refused}`);
}
