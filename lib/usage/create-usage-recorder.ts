import "server-only";

import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { type CountedCall, createUsageCollector, type UsageBatch, type UsageLimits } from "./usage-batch";

export type UsageRecorder = {
  /** Counts a call. Delays nobody and never throws. */
  record(call: CountedCall): void;
  /** Stores what was counted so far and resolves when nothing is being written any more. What could not be stored stays. */
  settled(): Promise<void>;
};

/** Milliseconds. What a process that is killed loses at most, as long as the database answers. */
export const FLUSH_INTERVAL_MS = 5_000;
const FLUSH_INTERVAL_MAX_MS = MINUTE_MS;
const PURGE_INTERVAL_MS = HOUR_MS;

/**
 * Counts calls in memory and stores them together, every few seconds while there are any: one statement, however many
 * calls. A batch that could not be stored is kept, with what came in since, and tried again more and more slowly.
 */
export function createUsageRecorder(deps: {
  store(batch: UsageBatch): Promise<void>;
  /** Deletes what the batch that was just stored has pushed out. */
  trim(batch: UsageBatch): Promise<void>;
  purge(now: Date): Promise<unknown>;
  onError(error: unknown): void;
  /** Calls that found no place in memory. */
  onLost(count: number): void;
  /** Runs `work` once, later. Must not keep the process alive. */
  schedule(work: () => void, milliseconds: number): void;
  now(): Date;
  limits?: UsageLimits;
}): UsageRecorder {
  const collector = createUsageCollector(deps.limits);
  let isScheduled = false;
  let failures = 0;
  let purgedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> = Promise.resolve();

  function scheduleFlush(): void {
    if (isScheduled || collector.isEmpty()) return;
    isScheduled = true;
    const wait = Math.min(FLUSH_INTERVAL_MS * 2 ** failures, FLUSH_INTERVAL_MAX_MS);
    deps.schedule(() => void flushInTurn(), wait);
  }

  /** What comes in meanwhile waits for the outcome: a failure makes the next wait longer. */
  async function flushInTurn(): Promise<void> {
    await flush();
    isScheduled = false;
    scheduleFlush();
  }

  /** One after the other, so that a batch is put back before the next one is taken. */
  function flush(): Promise<void> {
    underWay = underWay.then(write);
    return underWay;
  }

  async function write(): Promise<void> {
    const batch = collector.take();
    if (batch.counts.length === 0 && batch.lost === 0) return;
    try {
      await deps.store(batch);
      failures = 0;
    } catch (error) {
      failures += 1;
      collector.putBack(batch);
      deps.onError(error);
      return;
    }
    if (batch.lost > 0) deps.onLost(batch.lost);
    // Failing to delete is harmless: the next time deletes what this one left.
    await deps.trim(batch).catch(deps.onError);
    await purgeSometimes();
  }

  async function purgeSometimes(): Promise<void> {
    const now = deps.now();
    if (now.getTime() - purgedAt < PURGE_INTERVAL_MS) return;
    purgedAt = now.getTime();
    await deps.purge(now).catch(deps.onError);
  }

  return {
    record(call) {
      collector.add(call);
      scheduleFlush();
    },
    async settled() {
      await flush();
      scheduleFlush();
    },
  };
}
