import { afterEach, expect, it, vi } from "vitest";
import { createVerificationQueue } from "./verification-queue";

afterEach(() => {
  vi.useRealTimers();
});

it("the clock of the process counts for who waits in the queue, and for nobody else", async () => {
  vi.useFakeTimers();
  const queue = createVerificationQueue<boolean>({ concurrency: 1 });
  let finish: (isMatch: boolean) => void = () => {};
  const running = queue.run("a", () => new Promise((resolve) => (finish = resolve)));
  expect(vi.getTimerCount()).toBe(0);
  const waiting = queue.run("b", async () => true);
  await vi.advanceTimersByTimeAsync(1_499);
  expect(queue.depth()).toBe(1);
  const late = expect(waiting).rejects.toThrow("Too many credential checks are waiting.");
  await vi.advanceTimersByTimeAsync(1);
  await late;
  const next = queue.run("c", async () => false);
  expect(vi.getTimerCount()).toBe(1);
  finish(true);
  expect(await Promise.all([running, next])).toEqual([true, false]);
  expect(vi.getTimerCount()).toBe(0);
});
