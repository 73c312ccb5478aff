import "server-only";
import { MINUTE_MS } from "@/lib/time";

export type PeriodicPurge = {
  /** Starts a purge unless one was started within the last minute. Delays nobody and never throws. */
  start(): void;
  /** Resolves when no purge is under way. */
  settled(): Promise<void>;
};

const INTERVAL_MS = MINUTE_MS;

/** Makes a purge that goes along with other work. Failing is harmless: the next one deletes what this one left. */
export function createPeriodicPurge(deps: {
  purge(now: Date): Promise<unknown>;
  onError(error: unknown): void;
  now(): Date;
}): PeriodicPurge {
  let startedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<unknown> = Promise.resolve();
  return {
    start() {
      const now = deps.now();
      if (now.getTime() - startedAt < INTERVAL_MS) return;
      startedAt = now.getTime();
      underWay = underWay.then(() => deps.purge(now)).catch(deps.onError);
    },
    async settled() {
      await underWay;
    },
  };
}
