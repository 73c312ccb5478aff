import { percentile } from "../report/statistics";
import type { Cores } from "./cores";
import { type LoadJob, type LoadResult, runLoad } from "./load";
import { readCoreTimes, readProcesses, treeSeconds } from "./proc";

/** What one round of one row gave. Times are milliseconds. */
export type Round = {
  perSecond: number;
  p50: number;
  p99: number;
  /** CPU for one answer, of the server and of PostgreSQL; null where its processes are elsewhere. */
  serverCpu: number;
  postgresCpu: number | null;
  /** The share of the server's core (of all cores, where nothing is pinned) that others have used meanwhile. */
  foreignLoad: number;
  /** Answers of another status than expected, errors and requests without an answer. */
  failures: number;
};

/** The processes of a row: whose time it is, and whose is nobody's. */
export type Parties = { server: number; postgres?: number | undefined };

type Times = { at: number; server: number; postgres: number; harness: number; cores: Map<number, number> };

/** Sends the load once and measures what it costs. */
export async function measureRound(job: LoadJob, parties: Parties, cores: Cores): Promise<Round> {
  const before = readTimes(parties);
  const result = await runLoad(job, cores);
  return toRound(job, result, before, readTimes(parties), { cores, hasPostgres: parties.postgres !== undefined });
}

/** What others do to the server's core before anything is started, as a share of it. */
export async function measureForeignLoad(cores: Cores, milliseconds: number): Promise<number> {
  const [begun, before] = [performance.now(), readCoreTimes()];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const after = readCoreTimes();
  const busy = busySeconds(after, cores) - busySeconds(before, cores);
  return share(busy, performance.now() - begun, coreCount(after, cores));
}

/** Pure, for tests. */
export function toRound(
  { seconds }: Pick<LoadJob, "seconds">,
  result: LoadResult,
  before: Times,
  after: Times,
  { cores, hasPostgres }: { cores: Cores; hasPostgres: boolean },
): Round {
  const { latencies, unexpected, unanswered, skipped } = result;
  const answered = latencies.length - unanswered;
  const used = { server: after.server - before.server, postgres: after.postgres - before.postgres };
  const busy = busySeconds(after.cores, cores) - busySeconds(before.cores, cores);
  // On a core of its own the load is nobody who disturbs. Its sender has ended, so its time is among that of the harness.
  const load = cores === undefined ? after.harness - before.harness : 0;
  return {
    perSecond: answered / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    serverCpu: (used.server * 1_000) / answered,
    postgresCpu: hasPostgres ? (used.postgres * 1_000) / answered : null,
    foreignLoad: share(busy - used.server - used.postgres - load, after.at - before.at, coreCount(after.cores, cores)),
    failures: Object.values(unexpected).reduce((sum, count) => sum + count, 0) + unanswered + skipped,
  };
}

function readTimes({ server, postgres }: Parties): Times {
  const processes = readProcesses();
  return {
    at: performance.now(),
    server: treeSeconds(processes, server),
    postgres: postgres === undefined ? 0 : treeSeconds(processes, postgres),
    harness: processes.find(({ pid }) => pid === process.pid)?.seconds ?? 0,
    cores: readCoreTimes(),
  };
}

function busySeconds(times: Map<number, number>, cores: Cores): number {
  if (cores !== undefined) return times.get(cores.server) ?? 0;
  return [...times.values()].reduce((sum, seconds) => sum + seconds, 0);
}

function coreCount(times: Map<number, number>, cores: Cores): number {
  return cores === undefined ? times.size : 1;
}

/** Ticks are coarse: a little less than nothing is nothing. */
function share(seconds: number, milliseconds: number, count: number): number {
  return Math.max(0, (seconds * 1_000) / milliseconds / count);
}
