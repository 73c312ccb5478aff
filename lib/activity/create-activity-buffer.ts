import "server-only";

import { MINUTE_MS } from "@/lib/time";
import type { ActivityRow } from "./activity-row";
import { createGroupWriter } from "./create-group-writer";

export type ActivityBuffer = {
  /** Takes a row. Delays nobody and never throws. */
  add(row: ActivityRow): void;
  /** The rows that are not stored yet. */
  waiting(): readonly ActivityRow[];
  /** Stores what is there and resolves when nothing is being written any more. What could not be stored stays. */
  settled(): Promise<void>;
};

export type ActivityLimits = {
  /** Rows that wait, of callers that have proved who they are. */
  proven: number;
  /** Rows that wait, of all others. */
  unproven: number;
  /** How many of those are taken between two writings; beyond it, those alike become one. */
  unprovenAtOnce: number;
};

/** Rows of anybody are few a second, whatever anybody sends, and take no room from those of applications. */
const ACTIVITY_LIMITS: ActivityLimits = { proven: 10_000, unproven: 1_000, unprovenAtOnce: 20 };

/** Milliseconds. What a process that is killed loses at most, as long as the database answers. */
export const FLUSH_INTERVAL_MS = 1_000;
const FLUSH_INTERVAL_MAX_MS = MINUTE_MS;

/**
 * Keeps rows in memory and stores them together, once a second while there are any. What could not be stored stays and is
 * tried again more and more slowly. It is bounded: what finds no place is left out, and how much that was is told.
 */
export function createActivityBuffer(deps: {
  store(rows: readonly ActivityRow[]): Promise<void>;
  /** Whether storing failed for what is in a row. */
  isRowFault(error: unknown): boolean;
  onError(error: unknown): void;
  /** Requests that nobody has proved and that found no place. */
  onLeftOut(requests: number): void;
  /** Rows of applications that found no place, or that cannot be stored. */
  onLost(rows: number): void;
  /** Runs `work` once, later. Must not keep the process alive. */
  schedule(work: () => void, milliseconds: number): void;
  limits?: ActivityLimits;
}): ActivityBuffer {
  const { limits = ACTIVITY_LIMITS } = deps;
  const writer = createGroupWriter<ActivityRow>({
    write: deps.store,
    isRowFault: deps.isRowFault,
    defer: queueMicrotask,
    waitingMax: Number.POSITIVE_INFINITY,
  });
  let proven: ActivityRow[] = [];
  let unproven: ActivityRow[] = [];
  /** What came in nobody's name since the last writing, by what makes requests alike. */
  let alike = new Map<string, ActivityRow>();
  let taken = 0;
  let lost = 0;
  let leftOut = 0;
  let isScheduled = false;
  let failures = 0;
  let underWay: Promise<void> = Promise.resolve();

  function addUnproven(row: ActivityRow): void {
    const key = `${row.clientId} ${row.method} ${row.path} ${row.reason}`;
    const earlier = alike.get(key);
    if (taken < limits.unprovenAtOnce && unproven.length < limits.unproven) {
      const own = { ...row };
      unproven.push(own);
      alike.set(key, own);
      taken += 1;
    } else if (earlier === undefined) leftOut += row.requests;
    else earlier.requests += row.requests;
  }

  function scheduleFlush(): void {
    if (isScheduled || proven.length + unproven.length + lost + leftOut === 0) return;
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

  /** One after the other, so that what failed is put back before the next rows are taken. */
  function flush(): Promise<void> {
    underWay = underWay.then(write);
    return underWay;
  }

  async function write(): Promise<void> {
    const rows = [...proven, ...unproven];
    proven = [];
    unproven = [];
    alike = new Map();
    taken = 0;
    const ends = await Promise.allSettled(rows.map((row) => writer.write(row)));
    const errors = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
    lost += errors.filter(deps.isRowFault).length;
    putBack(rows.filter((_, index) => isOutage(ends[index])));
    failures = errors.every(deps.isRowFault) ? 0 : failures + 1;
    if (errors.length > 0) deps.onError(errors[0]);
    report();
  }

  function isOutage(end: PromiseSettledResult<void> | undefined): boolean {
    return end?.status === "rejected" && !deps.isRowFault(end.reason);
  }

  /** Before what came in since. The oldest say when it began; what has no place are the newest. */
  function putBack(rows: readonly ActivityRow[]): void {
    const older = (isProven: boolean) => rows.filter((row) => row.isProven === isProven);
    const allProven = [...older(true), ...proven];
    const allUnproven = [...older(false), ...unproven];
    proven = allProven.slice(0, limits.proven);
    unproven = allUnproven.slice(0, limits.unproven);
    lost += allProven.length - proven.length;
    for (const { requests } of allUnproven.slice(limits.unproven)) leftOut += requests;
  }

  function report(): void {
    if (lost > 0) deps.onLost(lost);
    if (leftOut > 0) deps.onLeftOut(leftOut);
    lost = 0;
    leftOut = 0;
  }

  return {
    add(row) {
      if (!row.isProven) addUnproven(row);
      else if (proven.length < limits.proven) proven.push(row);
      else lost += 1;
      scheduleFlush();
    },
    waiting: () => [...writer.waiting(), ...proven, ...unproven],
    async settled() {
      await flush();
      scheduleFlush();
    },
  };
}
