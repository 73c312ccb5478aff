import "server-only";

import cluster, { type Worker } from "node:cluster";
import { log } from "@/lib/observability/logger";
import { watchProcessFailures } from "../process-failures";
import { createShutdown } from "../shutdown";
import { channelTo, serveWorkerMetrics } from "./worker-metrics";

/** What a worker tells the process that has started it. */
export type WorkerReport = { kind: "ready" } | { kind: "failed"; message: string };

export type WorkersOptions = {
  count: number;
  /** Called once, when all of them listen. */
  onReady: () => void;
  print: (line: string) => void;
  exit: (code: number) => void;
  /** How long to wait before a worker is started in the place of one that ended, after so many short lives in a row. */
  restartDelayMs?: (shortLives: number) => number;
};

type End = { code: number | null; signal: string | null; lifeMs: number };

type RunningWorker = {
  worker: Worker;
  /** Undefined when it listens; else why it does not: its own words, or none. */
  start: Promise<undefined | { message: string | undefined }>;
  ended: Promise<End>;
};

/** Whoever lived so long after its start did not end because of it. */
const STABLE_MS = 60_000;
const DELAY_MS_MAX = 30_000;

const backOff = (shortLives: number) => Math.min(DELAY_MS_MAX, 500 * 2 ** (shortLives - 1));

/**
 * Starts `count` worker processes that share the port, and nothing else here: this process opens no database. The first
 * is alone until it listens, so that what happens once in the life of an installation happens there; a start that fails
 * in any of them is said once and ends them all with 1. Later a worker that ends is replaced. SIGINT and SIGTERM stop
 * all of them in order.
 */
export async function startWorkers(options: WorkersOptions): Promise<void> {
  const { count, onReady, print, exit, restartDelayMs = backOff } = options;
  const running = new Set<RunningWorker>();
  const shutdown = createShutdown({
    started: async () => {},
    steps: [{ name: "workers", close: () => stopAll(running) }],
    onFailure: (err, step) => log.error({ event: "close_failed", err, step }, "closing failed"),
    exit,
    now: () => performance.now(),
  });
  watchProcessFailures(process, shutdown.fail);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, shutdown.request);
  // The parent process, when there is one, holds the other end.
  process.on("disconnect", shutdown.request);

  const fork = () => forkWorker(running);
  const workers: RunningWorker[] = [];
  try {
    for (const group of [1, count - 1]) {
      const started = Array.from({ length: group }, fork);
      workers.push(...started);
      await Promise.all(started.map(requireStart));
      if (shutdown.isRequested()) return;
    }
  } catch (failure) {
    if (shutdown.isRequested()) return;
    print(failure instanceof Error ? failure.message : String(failure));
    await stopAll(running).catch(() => {});
    return exit(1);
  }
  onReady();
  for (const worker of workers) void keepRunning(worker, { fork, restartDelayMs, isStopping: shutdown.isRequested });
}

async function requireStart({ start }: RunningWorker): Promise<void> {
  const failure = await start;
  if (failure !== undefined) throw new Error(failure.message ?? "A worker ended before it was ready.");
}

function forkWorker(running: Set<RunningWorker>): RunningWorker {
  const worker = cluster.fork();
  const begunAt = performance.now();
  const ended = new Promise<End>((resolve) => {
    worker.on("exit", (code: number | null, signal: string | null) =>
      resolve({ code, signal, lifeMs: performance.now() - begunAt }),
    );
  });
  const start = new Promise<Awaited<RunningWorker["start"]>>((resolve) => {
    // It has more to tell later on, about other things.
    worker.on("message", (report: WorkerReport | { kind: "other" }) => {
      if (report.kind === "ready") resolve(undefined);
      else if (report.kind === "failed") resolve({ message: report.message });
    });
    void ended.then(() => resolve({ message: undefined }));
  });
  // What it could not be told is told by its end.
  worker.on("error", () => {});
  const one = { worker, start, ended };
  serveWorkerMetrics(channelTo(worker), () => Array.from(running, ({ worker: each }) => channelTo(each)));
  running.add(one);
  void ended.then(() => running.delete(one));
  return one;
}

type Keeping = { fork: () => RunningWorker; restartDelayMs: (shortLives: number) => number; isStopping: () => boolean };

/** Puts a worker into the place of each one that ends, sooner the longer it has lived, until all are stopped. */
async function keepRunning(first: RunningWorker, { fork, restartDelayMs, isStopping }: Keeping): Promise<void> {
  let shortLives = 0;
  for (let current = first; ; current = fork()) {
    const { code, signal, lifeMs } = await current.ended;
    if (isStopping()) return;
    shortLives = lifeMs >= STABLE_MS ? 1 : shortLives + 1;
    const delayMs = restartDelayMs(shortLives);
    const failure = await current.start;
    log.error(
      {
        event: "worker_ended",
        pid: current.worker.process.pid,
        code,
        signal,
        detail: failure?.message,
        delay_ms: delayMs,
      },
      "a worker ended and is started again",
    );
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (isStopping()) return;
  }
}

/** Asks every worker to stop and waits until all have ended. Rejects when one could not do so in order. */
async function stopAll(running: ReadonlySet<RunningWorker>): Promise<void> {
  const ends = [...running].map(({ worker, ended }) => {
    worker.process.kill("SIGTERM");
    return ended;
  });
  // One that had not begun to listen for signals ends by it.
  const bad = (await Promise.all(ends)).filter(({ code, signal }) => code !== 0 && signal !== "SIGTERM");
  if (bad.length > 0) throw new Error(`${bad.length} of the workers did not stop in order.`);
}
