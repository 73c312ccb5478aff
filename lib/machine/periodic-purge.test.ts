import { describe, expect, it } from "vitest";
import { createPeriodicPurge } from "./periodic-purge";

const NOW = new Date("2026-11-23T12:00:00Z");

describe("a purge that goes along with other work", () => {
  it("runs at most once a minute", async () => {
    let now = NOW.getTime();
    const runs: number[] = [];
    const purge = createPeriodicPurge({
      async purge(at) {
        runs.push(at.getTime() - NOW.getTime());
        return 0;
      },
      onError: () => {},
      now: () => new Date(now),
    });
    for (const step of [0, 1, 59_998, 1, 1, 60_000]) {
      now += step;
      purge.start();
    }
    await purge.settled();
    expect(runs).toEqual([0, 60_000, 120_001]);
  });

  it("delays nobody, and failing is reported and forgotten", async () => {
    let now = NOW.getTime();
    const errors: unknown[] = [];
    const failure = new Error("database gone");
    const purge = createPeriodicPurge({
      purge: () => Promise.reject(failure),
      onError: (error) => errors.push(error),
      now: () => new Date(now),
    });
    expect(purge.start()).toBeUndefined();
    await purge.settled();
    now += 60_000;
    purge.start();
    await purge.settled();
    expect(errors).toEqual([failure, failure]);
  });
});
