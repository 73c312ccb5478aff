import { describe, expect, it } from "vitest";
import type { LoadResult } from "./load";
import { toRound } from "./measure";

const cores = { server: 0, load: 1 };
const result: LoadResult = {
  latencies: [1, 2, 3, 4],
  unexpected: {},
  sample: "",
  skipped: 0,
  unanswered: 0,
};
const before = {
  at: 0,
  server: 10,
  postgres: 20,
  harness: 0,
  cores: new Map([
    [0, 100],
    [1, 100],
  ]),
};
const after = {
  at: 2_000,
  server: 10.4,
  postgres: 20.2,
  harness: 0.5,
  cores: new Map([
    [0, 101],
    [1, 102],
  ]),
};
const measure = (changes: Partial<LoadResult> = {}, options = { cores, hasPostgres: true } as Options) =>
  toRound({ seconds: 2 }, { ...result, ...changes }, before, after, options);

type Options = Parameters<typeof toRound>[4];

describe("a round", () => {
  it("divides what was used by what was answered", () => {
    const round = measure();
    expect(round).toMatchObject({ perSecond: 2, p50: 2, p99: 4, failures: 0 });
    expect(round.serverCpu).toBeCloseTo(100);
    expect(round.postgresCpu).toBeCloseTo(50);
  });

  it("calls foreign what its core has done for neither the server nor PostgreSQL", () => {
    expect(measure().foreignLoad).toBeCloseTo(0.2);
  });

  it("without cores of its own looks at all of them, and takes its own load off", () => {
    expect(measure({}, { cores: undefined, hasPostgres: true }).foreignLoad).toBeCloseTo((3 - 0.6 - 0.5) / 4);
  });

  it("never calls less than nothing foreign", () => {
    const idle = { ...after, cores: before.cores };
    expect(toRound({ seconds: 2 }, result, before, idle, { cores, hasPostgres: true }).foreignLoad).toBe(0);
  });

  it("counts errors, unsent and unanswered requests as failed, and the latter as no answer", () => {
    const round = measure({ unexpected: { 503: 2, ECONNRESET: 1 }, skipped: 4, unanswered: 3 });
    expect(round).toMatchObject({ perSecond: 0.5, failures: 10 });
  });

  it("says nothing of a database that it cannot see", () => {
    expect(measure({}, { cores, hasPostgres: false }).postgresCpu).toBeNull();
  });
});
