import { describe, expect, it } from "vitest";
import { COUNT_INTERVAL_MS, createActivityCounter } from "./create-activity-counter";

const NOW = new Date("2026-11-30T08:00:00Z");

function setUp(options: { takes?: number; fails?: boolean; leavesItTimes?: number } = {}) {
  const seen = { counts: 0, errors: [] as unknown[] };
  const timers: { work: () => void; milliseconds: number }[] = [];
  let clock = 0;
  const counter = createActivityCounter({
    async count(now) {
      expect(now).toBe(NOW);
      seen.counts += 1;
      clock += options.takes ?? 0;
      if (options.fails) throw new Error("gone");
      return seen.counts <= (options.leavesItTimes ?? 0) ? undefined : 1;
    },
    onError: (error) => seen.errors.push(error),
    schedule: (work, milliseconds) => void timers.push({ work, milliseconds }),
    now: () => NOW,
    stopwatch: () => clock,
  });
  return { counter, seen, timers };
}

describe("the counter of activity", () => {
  it("counts once, some seconds after the first of many rows", async () => {
    const { counter, seen, timers } = setUp();
    for (let row = 0; row < 100; row += 1) counter.start();
    expect([seen.counts, timers.map(({ milliseconds }) => milliseconds)]).toEqual([0, [COUNT_INTERVAL_MS]]);
    timers.shift()?.work();
    await counter.settled();
    expect([seen.counts, timers]).toEqual([1, []]);
  });

  it("counts what is left when it is settled, and not again what is counted", async () => {
    const { counter, seen, timers } = setUp();
    counter.start();
    await counter.settled();
    timers.shift()?.work();
    await counter.settled();
    expect(seen.counts).toBe(1);
  });

  it("rests twenty times as long as it has counted", async () => {
    const { counter, timers } = setUp({ takes: 1_000 });
    counter.start();
    timers.shift()?.work();
    await counter.settled();
    counter.start();
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([20_000]);
  });

  it("counts again, later, what it left to another process, until its turn has come", async () => {
    const { counter, seen, timers } = setUp({ leavesItTimes: 2 });
    counter.start();
    for (let turn = 1; turn <= 3; turn += 1) {
      expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([COUNT_INTERVAL_MS]);
      timers.shift()?.work();
      // Not settled: that would count what is left without waiting.
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen.counts).toBe(turn);
    }
    expect(timers).toEqual([]);
  });

  it("throws nothing when counting fails, and goes on", async () => {
    const { counter, seen } = setUp({ fails: true });
    for (let turn = 0; turn < 2; turn += 1) {
      counter.start();
      await counter.settled();
    }
    expect([seen.counts, seen.errors]).toEqual([2, [new Error("gone"), new Error("gone")]]);
  });
});
