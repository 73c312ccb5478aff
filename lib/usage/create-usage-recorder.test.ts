import { describe, expect, it } from "vitest";
import { createUsageRecorder, FLUSH_INTERVAL_MS } from "./create-usage-recorder";
import type { CountedCall, UsageBatch, UsageLimits } from "./usage-batch";

const START = Date.parse("2026-11-23T12:00:00Z");

function call(outcome = "ok"): CountedCall {
  const who = { clientId: "calendar", isProven: true };
  return { kind: "rooms", outcome, ...who, at: new Date(START), ip: "192.0.2.7", requestId: "r" };
}

function setUp(options: { store?: (batch: UsageBatch) => Promise<void>; limits?: UsageLimits } = {}) {
  const seen = { stored: [] as number[], purges: 0, trims: 0, errors: [] as unknown[], lost: [] as number[] };
  const timers: { work: () => void; milliseconds: number }[] = [];
  const clock = { now: START };
  const recorder = createUsageRecorder({
    async store(batch) {
      await options.store?.(batch);
      seen.stored.push(batch.counts.reduce((sum, { count }) => sum + count, 0));
    },
    async trim() {
      seen.trims += 1;
      if (seen.trims === 2) throw new Error("trim");
    },
    async purge() {
      seen.purges += 1;
      if (seen.purges === 2) throw new Error("purge");
    },
    onError: (error) => seen.errors.push(error),
    onLost: (count) => seen.lost.push(count),
    schedule: (work, milliseconds) => void timers.push({ work, milliseconds }),
    now: () => new Date(clock.now),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  /** Lets the oldest timer ring, and waits for what it starts. Records nothing, so `settled` finds nothing more to do. */
  async function ring() {
    timers.shift()?.work();
    await recorder.settled();
  }
  return { recorder, timers, clock, seen, ring };
}

describe("the usage recorder", () => {
  it("stores a thousand calls at once, and does nothing while there are none", async () => {
    const { recorder, timers, seen, ring } = setUp();
    expect(timers).toEqual([]);
    for (let index = 0; index < 1_000; index += 1) recorder.record(call());
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([FLUSH_INTERVAL_MS]);
    expect(seen.stored).toEqual([]);
    await ring();
    expect(seen.stored).toEqual([1_000]);
    expect(timers).toEqual([]);
  });

  it("stores what is left when it is settled, and that only once", async () => {
    const { recorder, seen, ring } = setUp();
    recorder.record(call());
    await recorder.settled();
    await recorder.settled();
    await ring();
    expect(seen.stored).toEqual([1]);
  });

  it("keeps every call of a batch that could not be stored, and tries again more and more slowly", async () => {
    let isDown = true;
    const failure = new Error("database gone");
    const { recorder, timers, seen } = setUp({
      store: () => (isDown ? Promise.reject(failure) : Promise.resolve()),
    });
    const waits: number[] = [];
    recorder.record(call());
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const timer = timers.shift();
      waits.push(timer?.milliseconds ?? 0);
      timer?.work();
      recorder.record(call());
      await until(() => timers.length > 0);
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(seen.errors).toEqual(waits.map(() => failure));
    isDown = false;
    await recorder.settled();
    expect(seen.stored).toEqual([7]);
  });

  it("throws nothing at a request or at the close when the store fails", async () => {
    const { recorder, seen } = setUp({ store: () => Promise.reject(new Error("database gone")) });
    expect(recorder.record(call("scope_missing"))).toBeUndefined();
    await expect(recorder.settled()).resolves.toBeUndefined();
    expect(seen.errors).toHaveLength(1);
  });

  it("writes one batch after the other, never two at once", async () => {
    let running = 0;
    let most = 0;
    const { recorder, seen } = setUp({
      async store() {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
      },
    });
    const closings = [0, 1, 2].map(() => {
      recorder.record(call());
      return recorder.settled();
    });
    await Promise.all(closings);
    expect(most).toBe(1);
    expect(seen.stored.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it("purges once an hour; a failed trim or purge is reported and costs no count", async () => {
    const { recorder, clock, seen } = setUp();
    for (const step of [0, 3_599_999, 1, 3_600_000]) {
      clock.now += step;
      recorder.record(call());
      await recorder.settled();
    }
    expect(seen).toMatchObject({ purges: 3, trims: 4, stored: [1, 1, 1, 1], errors: [{}, {}] });
    expect(seen.errors).toEqual([new Error("trim"), new Error("purge")]);
  });

  it("reports how many calls found no place", async () => {
    const limits = { counts: 0, unprovenClients: 0, provenRefusals: 0, unprovenRefusals: 0, refusals: 0 };
    const { recorder, seen } = setUp({ limits });
    recorder.record(call());
    recorder.record(call());
    await recorder.settled();
    expect(seen.lost).toEqual([2]);
  });
});

/** Lets what is already resolved run on. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !isTrue(); turn += 1) await Promise.resolve();
  expect(isTrue()).toBe(true);
}
