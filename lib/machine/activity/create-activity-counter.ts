import "server-only";

export type ActivityCounter = {
  /** Tells that there are new rows: they are counted soon. Delays nobody and never throws. */
  start(): void;
  /** Counts what was not counted yet and resolves when nothing is being counted any more. */
  settled(): Promise<void>;
};

/** Milliseconds after a row in which it is counted, while counting is quick. */
export const COUNT_INTERVAL_MS = 5_000;
/** Counting is at rest so many times as long as it takes: the database has better things to do. */
const REST = 20;

/** Counts rows some seconds after they were written, however many there are, and rests the longer the longer that takes. */
export function createActivityCounter(deps: {
  /** Resolves with undefined where another process was counting: that one may not have seen the last rows. */
  count(now: Date): Promise<number | undefined>;
  onError(error: unknown): void;
  /** Runs `work` once, later. Must not keep the process alive. */
  schedule(work: () => void, milliseconds: number): void;
  now(): Date;
  stopwatch(): number;
}): ActivityCounter {
  let isDue = false;
  let isScheduled = false;
  let rest = COUNT_INTERVAL_MS;
  let underWay: Promise<void> = Promise.resolve();

  /** One after the other; what comes in while it counts is for the next time. */
  function count(): Promise<void> {
    underWay = underWay.then(async () => {
      if (!isDue) return;
      isDue = false;
      const begun = deps.stopwatch();
      const counted = await deps.count(deps.now()).catch((error) => {
        deps.onError(error);
        return 0;
      });
      rest = Math.max(COUNT_INTERVAL_MS, REST * (deps.stopwatch() - begun));
      if (counted === undefined) start();
    });
    return underWay;
  }

  function start() {
    isDue = true;
    if (isScheduled) return;
    isScheduled = true;
    deps.schedule(() => {
      isScheduled = false;
      void count();
    }, rest);
  }

  return { start, settled: count };
}
