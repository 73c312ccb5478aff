import { describe, expect, it } from "vitest";
import { createVerificationQueue, VerificationOverloadedError, verificationConcurrency } from "./verification-queue";

type Running = { key: string; signal: AbortSignal; finish(result: boolean): void; fail(error: Error): void };

/** A queue whose tasks end, and whose waiting times run out, when the test says so. */
function controlledQueue(options: { concurrency?: number; queuedMax?: number; random?: () => number } = {}) {
  const timers = new Set<{ callback: () => void; delayMs: number }>();
  const started: Running[] = [];
  const queue = createVerificationQueue<boolean>({
    concurrency: 1,
    random: () => 0,
    ...options,
    startTimer(callback, delayMs) {
      const timer = { callback, delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const run = (key: string, signal?: AbortSignal) =>
    queue.run(
      key,
      (taskSignal) =>
        new Promise((resolve, reject) => started.push({ key, signal: taskSignal, finish: resolve, fail: reject })),
      { signal },
    );
  const startedKeys = () => started.map(({ key }) => key);
  const task = (key: string) => {
    const found = started.findLast((it) => it.key === key);
    if (found === undefined) throw new Error(`The task ${key} was not started.`);
    return found;
  };
  return { queue, run, timers, startedKeys, task };
}

/** Flushes the event loop. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the number of tasks at once", () => {
  it.each([
    [1, 1],
    [2, 1],
    [8, 7],
  ])("on %i cores is %i", (cores, expected) => {
    expect(verificationConcurrency(cores)).toBe(expected);
  });

  it("is never exceeded, and tasks start in the order they came", async () => {
    const { run, startedKeys, task, queue } = controlledQueue({ concurrency: 2 });
    const answers = ["a", "b", "c", "d"].map((key) => run(key));
    expect(startedKeys()).toEqual(["a", "b"]);
    expect(queue.depth()).toBe(2);
    task("b").finish(true);
    await settle();
    expect(startedKeys()).toEqual(["a", "b", "c"]);
    task("a").finish(false);
    await settle();
    expect(startedKeys()).toEqual(["a", "b", "c", "d"]);
    expect(queue.depth()).toBe(0);
    task("c").finish(true);
    task("d").finish(false);
    expect(await Promise.all(answers)).toEqual([false, true, true, false]);
  });

  it("goes on after a task that failed, and gives its error to its callers only", async () => {
    const { run, task } = controlledQueue();
    const [first, second] = [run("a"), run("b")];
    task("a").fail(new Error("out of memory"));
    await expect(first).rejects.toThrow("out of memory");
    task("b").finish(true);
    expect(await second).toBe(true);
  });

  it("goes on after a task that failed before its first await", async () => {
    const queue = createVerificationQueue<boolean>({ concurrency: 1 });
    const broken = queue.run("a", () => {
      throw new Error("at once");
    });
    await expect(broken).rejects.toThrow("at once");
    expect(await queue.run("b", async () => true)).toBe(true);
  });
});

describe("single flight", () => {
  it("runs one task for all callers with the same key, running or waiting", async () => {
    const { run, startedKeys, task } = controlledQueue();
    const same = [run("a"), run("a"), run("a")];
    const later = [run("b"), run("b")];
    task("a").finish(true);
    await settle();
    task("b").finish(false);
    expect(await Promise.all([...same, ...later])).toEqual([true, true, true, false, false]);
    expect(startedKeys()).toEqual(["a", "b"]);
  });

  it("gives all of them the same error", async () => {
    const { run, task } = controlledQueue();
    const answers = [run("a"), run("a")];
    task("a").fail(new Error("out of memory"));
    const outcomes = await Promise.allSettled(answers);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  });

  it("ends with the task: the next caller starts a new one", async () => {
    const { run, task, startedKeys } = controlledQueue();
    const first = run("a");
    task("a").finish(false);
    expect(await first).toBe(false);
    const second = run("a");
    task("a").finish(true);
    expect(await second).toBe(true);
    expect(startedKeys()).toEqual(["a", "a"]);
  });

  it("takes no further place in a full queue", async () => {
    const { run, queue } = controlledQueue({ queuedMax: 1 });
    void run("a");
    void run("b");
    void run("b");
    void run("a");
    expect(queue.depth()).toBe(1);
  });
});

describe("a full queue", () => {
  it("refuses the 17th waiting task at once and says when to come back", async () => {
    const { run, queue, startedKeys } = controlledQueue();
    for (let index = 0; index <= 16; index += 1) void run(`task ${index}`);
    expect(queue.depth()).toBe(16);
    const refused = await run("one too many").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(VerificationOverloadedError);
    expect(refused).toMatchObject({ name: "VerificationOverloadedError", retryAfterSeconds: 1 });
    expect(startedKeys()).toEqual(["task 0"]);
  });

  it.each([
    [0, 1],
    [0.5, 2],
    [0.999_999, 3],
  ])("spreads the return: a draw of %f means %i s", async (draw, retryAfterSeconds) => {
    const { run } = controlledQueue({ queuedMax: 0, random: () => draw });
    void run("a");
    await expect(run("b")).rejects.toMatchObject({ retryAfterSeconds });
  });

  it("takes new tasks again when a place becomes free", async () => {
    const { run, task, startedKeys } = controlledQueue({ queuedMax: 1 });
    void run("a");
    void run("b");
    await expect(run("c")).rejects.toBeInstanceOf(VerificationOverloadedError);
    task("a").finish(true);
    await settle();
    void run("c");
    task("b").finish(true);
    await settle();
    expect(startedKeys()).toEqual(["a", "b", "c"]);
  });
});

describe("waiting", () => {
  it("ends after 1.5 s with the same error as a full queue, and the task is never started", async () => {
    const { run, timers, task, queue, startedKeys } = controlledQueue();
    void run("a");
    const late = run("b");
    expect([...timers].map(({ delayMs }) => delayMs)).toEqual([1_500]);
    for (const { callback } of timers) callback();
    await expect(late).rejects.toBeInstanceOf(VerificationOverloadedError);
    expect([queue.depth(), timers.size]).toEqual([0, 0]);
    task("a").finish(true);
    await settle();
    expect(startedKeys()).toEqual(["a"]);
  });

  it("is counted per caller: who joins later waits on when the first gives up", async () => {
    const { run, timers, task } = controlledQueue();
    void run("a");
    const early = run("b");
    const [firstTimer] = timers;
    const joined = run("b");
    firstTimer?.callback();
    await expect(early).rejects.toBeInstanceOf(VerificationOverloadedError);
    task("a").finish(true);
    await settle();
    task("b").finish(true);
    expect(await joined).toBe(true);
  });

  it("is over once the task runs: its own time is not limited here", async () => {
    const { run, timers, task } = controlledQueue();
    void run("a");
    const answer = run("b");
    task("a").finish(true);
    await settle();
    expect(timers.size).toBe(0);
    task("b").finish(true);
    expect(await answer).toBe(true);
  });
});

describe("a caller who goes away", () => {
  const reason = new Error("connection closed");

  it("gets no task started when already gone", async () => {
    const { run, startedKeys } = controlledQueue();
    await expect(run("a", AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(startedKeys()).toEqual([]);
  });

  it("frees its place in the queue", async () => {
    const { run, queue, task, timers, startedKeys } = controlledQueue();
    const gone = new AbortController();
    void run("a");
    const left = run("b", gone.signal);
    gone.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect([queue.depth(), timers.size]).toEqual([0, 0]);
    task("a").finish(true);
    await settle();
    expect(startedKeys()).toEqual(["a"]);
  });

  it("does not take the answer from others who wait for the same task", async () => {
    const { run, task } = controlledQueue();
    const gone = new AbortController();
    const left = run("a", gone.signal);
    const stays = run("a");
    gone.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect(task("a").signal.aborted).toBe(false);
    task("a").finish(true);
    expect(await stays).toBe(true);
  });

  it("has its running task told to stop, but the place is free only when it has stopped", async () => {
    const { run, task, startedKeys } = controlledQueue();
    const gone = new AbortController();
    const left = run("a", gone.signal);
    void run("b");
    gone.abort(reason);
    await expect(left).rejects.toBe(reason);
    expect(task("a").signal.aborted).toBe(true);
    expect(startedKeys()).toEqual(["a"]);
    task("a").fail(new Error("aborted"));
    await settle();
    expect(startedKeys()).toEqual(["a", "b"]);
  });

  it("leaves nothing behind that a newcomer with the same key could join", async () => {
    const { run, task, startedKeys } = controlledQueue({ concurrency: 2 });
    const gone = new AbortController();
    const left = run("a", gone.signal);
    const dropped = task("a");
    gone.abort(reason);
    await expect(left).rejects.toBe(reason);
    const fresh = run("a");
    dropped.fail(new Error("aborted"));
    await settle();
    const joined = run("a");
    task("a").finish(true);
    expect(await Promise.all([fresh, joined])).toEqual([true, true]);
    expect(startedKeys()).toEqual(["a", "a"]);
  });

  it("is not listened to any more once it has its answer", async () => {
    const { run, task, startedKeys } = controlledQueue();
    const gone = new AbortController();
    const answered = run("a", gone.signal);
    task("a").finish(true);
    expect(await answered).toBe(true);
    const next = run("a");
    gone.abort(reason);
    const joined = run("a");
    task("a").finish(false);
    expect(await Promise.all([next, joined])).toEqual([false, false]);
    expect(startedKeys()).toEqual(["a", "a"]);
  });
});
