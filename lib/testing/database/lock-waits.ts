import { inject } from "vitest";
import { database, inTransaction } from "@/lib/db/client";

/** What two connections do to each other is seen on a server only: the embedded database has one. */
export const hasSeveralConnections = inject("testDatabaseUrl") !== "";

const PAUSE_MILLISECONDS = 10;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));

/** How many connections to the test's database stand still because another one holds what they want. */
async function countWaiting(): Promise<number> {
  const [row] = await database().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

/** Runs `work` until it ends, or until one connection more than before waits for a lock; then it goes on by itself. */
export async function runUntilItWaits<Result>(
  work: () => Promise<Result>,
): Promise<{ isWaiting: boolean; end: Promise<Result> }> {
  const before = await countWaiting();
  const end = work();
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  end.then(over, over);
  while (!isOver) {
    if ((await countWaiting()) > before) return { isWaiting: true, end };
    await pause();
  }
  return { isWaiting: false, end };
}

/**
 * Holds `verb` up where it writes its audit event, with everything locked that it locks, runs `beside` meanwhile, and
 * lets it go on.
 */
export async function besidePaused<Result>(
  verb: () => Promise<unknown>,
  beside: () => Promise<Result>,
): Promise<Result> {
  let end: Promise<unknown> = Promise.resolve();
  const result = await inTransaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE audit_events IN SHARE MODE`;
    const paused = await runUntilItWaits(verb);
    end = paused.end;
    if (!paused.isWaiting) throw new Error("The verb came to its end without an audit event.");
    return beside();
  });
  await end;
  return result;
}
