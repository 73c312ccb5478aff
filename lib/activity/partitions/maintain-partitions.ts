import "server-only";

import { database } from "@/lib/db/client";
import type { RowReader } from "@/lib/db/connection";
import type { DueRows } from "@/lib/db/retention/expired-rows";
import { DAY_MS } from "@/lib/time";
import { listPartitions } from "./list-partitions";
import { type PartitionStep, planPartitions } from "./plan-partitions";
import { toScript } from "./to-script";

/** The key of the advisory lock under which one process changes partitions. Any number, as long as it stays the same. */
const PARTITION_LOCK = 8_245_117_004;
/** Rows without a partition are brought home by their hours, so many in a round. */
const STRAY_HOURS_MAX = 48;

const STRAY_HOURS = `
  SELECT DISTINCT date_trunc('hour', "at", 'UTC') AS "hour" FROM "activity_default" LIMIT ${STRAY_HOURS_MAX}`;

type Schedule = {
  now: Date;
  retentionDays: number;
  /** For tests on machines that are slow: how long a step waits for a lock. 0 is without an end. */
  lockMsMax?: number;
};

/**
 * Does what there is to do for the partitions of `activity` (`planPartitions`) and returns how many steps that took. Of
 * several processes one works, and the others return 0. A step that has to wait for a lock that requests need gives up after
 * a quarter of a second and throws what the driver throws; what was done before stays, and the next call goes on.
 */
export async function maintainPartitions(schedule: Schedule): Promise<number> {
  return takeSteps(schedule, () => true);
}

/** Makes the partitions of this hour and the next ones, if they are missing: for a start, which must not wait for more. */
export async function addPartitions(schedule: Schedule): Promise<number> {
  return takeSteps(schedule, ({ kind }) => kind === "add");
}

/** Says how many rows are kept long enough, so that the next calls drop them, and changes nothing. */
export async function countExpiredActivity(schedule: Schedule): Promise<DueRows> {
  const read: RowReader = (text) => database().$queryRawUnsafe(text);
  const steps = await listSteps(read, schedule);
  const sources = steps.flatMap((step) => (step.kind === "drop" ? [`"${step.name}"`] : []));
  // Those that found no partition get one, which is dropped in the next round.
  const end = new Date(schedule.now.getTime() - schedule.retentionDays * DAY_MS);
  const strays = `"activity_default" WHERE "at" < date_trunc('hour', '${end.toISOString()}'::timestamptz, 'UTC')`;
  const parts = [...sources, strays].map((from) => `SELECT count(*) AS "rows", min("at") AS "oldest" FROM ${from}`);
  const [sum] = await read(
    `SELECT sum("rows")::int AS "rows", min("oldest") AS "oldest" FROM (${parts.join(" UNION ALL ")}) AS "parts"`,
  );
  // The drivers return what the statement says.
  const { rows, oldest } = sum as { rows: number; oldest: Date | null };
  return { table: "activity", rows, oldest: oldest ?? undefined };
}

async function takeSteps(schedule: Schedule, isWanted: (step: PartitionStep) => boolean): Promise<number> {
  const read: RowReader = (text) => database().$queryRawUnsafe(text);
  // Almost always there is nothing to do, and no session is opened for that.
  if (!(await listSteps(read, schedule)).some(isWanted)) return 0;
  return database().withSession(async (run) => {
    const [lock] = await run(`SELECT pg_try_advisory_lock(${PARTITION_LOCK}) AS "isMine"`);
    if (lock?.isMine !== true) return 0;
    try {
      const steps = (await listSteps(run, schedule)).filter(isWanted);
      for (const step of steps) await run(toScript(step, schedule.lockMsMax));
      return steps.length;
    } finally {
      await run(`SELECT pg_advisory_unlock(${PARTITION_LOCK})`);
    }
  });
}

async function listSteps(run: RowReader, schedule: Schedule): Promise<PartitionStep[]> {
  const partitions = await listPartitions(run);
  // The drivers return what the statement says.
  const strays = (await run(STRAY_HOURS)) as { hour: Date }[];
  return planPartitions({ partitions, strayHours: strays.map(({ hour }) => hour) }, schedule);
}
