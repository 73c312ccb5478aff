import { availableParallelism } from "node:os";
import { isErrorNamed } from "@/lib/errors/is-error-named";

const QUEUED_MAX = 16;
const WAIT_MS_MAX = 1_500;

/** Thrown when the queue is full or a caller waited too long. Answer 503 with `Retry-After`: nothing was decided. */
export class VerificationOverloadedError extends Error {
  override readonly name = "VerificationOverloadedError";
  /** 1, 2 or 3, at random, so that refused callers do not come back all at once. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super("Too many credential checks are waiting.");
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static override [Symbol.hasInstance](thrown: unknown): thrown is VerificationOverloadedError {
    return isErrorNamed(thrown, "VerificationOverloadedError");
  }
}

/** Calls `callback` after `delayMs` unless the returned function is called first. */
export type StartTimer = (callback: () => void, delayMs: number) => () => void;

type Task<Result> = (signal: AbortSignal) => Promise<Result>;
type Waiter<Result> = { resolve(result: Result): void; reject(reason: unknown): void; stopWaiting(): void };
type Job<Result> = { key: string; task: Task<Result>; waiters: Set<Waiter<Result>>; abort: AbortController };

export type VerificationQueue<Result> = {
  /**
   * Runs `task`, or joins the one already under way for the same key. Rejects with `VerificationOverloadedError`, with
   * the reason of `signal`, or with what the task rejected with. The task's own signal fires when nobody waits any more.
   */
  run(key: string, task: Task<Result>, options?: { signal?: AbortSignal | undefined }): Promise<Result>;
  /** Jobs waiting for a free place, not counting those that run. */
  depth(): number;
};

/** One core is left to answer requests: more parallel Argon2 runs are slower in sum, being bound by memory. */
export function verificationConcurrency(cores: number = availableParallelism()): number {
  return Math.max(1, cores - 1);
}

/**
 * Bounds how much memory-hard work runs at once: single flight per key, at most `concurrency` tasks at a time,
 * at most 16 waiting, none longer than 1.5 s. First come, first served.
 */
export function createVerificationQueue<Result>(
  options: {
    concurrency?: number;
    queuedMax?: number;
    waitMsMax?: number;
    startTimer?: StartTimer;
    random?: () => number;
  } = {},
): VerificationQueue<Result> {
  const { concurrency = verificationConcurrency(), queuedMax = QUEUED_MAX, waitMsMax = WAIT_MS_MAX } = options;
  const { startTimer = startNodeTimer, random = Math.random } = options;
  const jobs = new Map<string, Job<Result>>();
  const queued = new Set<Job<Result>>();
  let running = 0;

  function overloaded(): VerificationOverloadedError {
    return new VerificationOverloadedError(1 + Math.floor(random() * 3));
  }

  function abandon(job: Job<Result>): void {
    queued.delete(job);
    // A newcomer must start afresh: it would otherwise join work that is being dropped.
    jobs.delete(job.key);
    job.abort.abort();
  }

  function join(job: Job<Result>, signal: AbortSignal | undefined): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      function leave(reason: unknown): void {
        settle(() => reject(reason));
        if (job.waiters.size === 0) abandon(job);
      }
      function settle(deliver: () => void): void {
        waiter.stopWaiting();
        signal?.removeEventListener("abort", onAbort);
        job.waiters.delete(waiter);
        deliver();
      }
      const onAbort = () => leave(signal?.reason);
      const waiter: Waiter<Result> = {
        resolve: (result) => settle(() => resolve(result)),
        reject: (reason) => settle(() => reject(reason)),
        stopWaiting: queued.has(job) ? startTimer(() => leave(overloaded()), waitMsMax) : () => {},
      };
      signal?.addEventListener("abort", onAbort);
      job.waiters.add(waiter);
    });
  }

  async function start(job: Job<Result>): Promise<void> {
    queued.delete(job);
    running += 1;
    for (const waiter of job.waiters) waiter.stopWaiting();
    const deliver = await runTask(job);
    // The place is freed only now, aborted or not: an Argon2 run that has begun cannot be stopped.
    running -= 1;
    if (jobs.get(job.key) === job) jobs.delete(job.key);
    for (const waiter of job.waiters) deliver(waiter);
    const [next] = queued;
    if (next !== undefined) void start(next);
  }

  return {
    async run(key, task, { signal } = {}) {
      signal?.throwIfAborted();
      const underWay = jobs.get(key);
      if (underWay !== undefined) return join(underWay, signal);
      const mustWait = running >= concurrency;
      if (mustWait && queued.size >= queuedMax) throw overloaded();
      const job: Job<Result> = { key, task, waiters: new Set(), abort: new AbortController() };
      jobs.set(key, job);
      if (mustWait) queued.add(job);
      const answer = join(job, signal);
      if (!mustWait) void start(job);
      return answer;
    },
    depth: () => queued.size,
  };
}

/** Runs the task to its end and says how to hand its outcome to a waiter. Never rejects. */
async function runTask<Result>(job: Job<Result>): Promise<(waiter: Waiter<Result>) => void> {
  try {
    const result = await job.task(job.abort.signal);
    return (waiter) => waiter.resolve(result);
  } catch (error) {
    return (waiter) => waiter.reject(error);
  }
}

function startNodeTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
