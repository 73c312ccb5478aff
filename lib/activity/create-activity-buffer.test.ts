import { describe, expect, it } from "vitest";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import type { ActivityRow } from "./activity-row";
import { type ActivityLimits, createActivityBuffer, FLUSH_INTERVAL_MS } from "./create-activity-buffer";

const ROW_FAULT = new Error("a value that the table does not take");
const OUTAGE = new Error("the database is gone");

const proven = (requestId: string) => activityRow({ requestId });
const unproven = (requestId: string, reason = "bad_tag") =>
  activityRow({ requestId, reason, status: 401, isProven: false, clientId: "calendar" });

function setUp(options: { fails?: (rows: readonly ActivityRow[]) => Error | undefined; limits?: ActivityLimits } = {}) {
  const seen = { stored: [] as string[], groups: [] as number[], errors: [] as unknown[], lost: [] as number[] };
  const leftOut: number[] = [];
  const timers: { work: () => void; milliseconds: number }[] = [];
  const rows: ActivityRow[] = [];
  const buffer = createActivityBuffer({
    async store(given) {
      const error = options.fails?.(given);
      if (error !== undefined) throw error;
      seen.groups.push(given.length);
      seen.stored.push(...given.map(({ requestId }) => requestId));
      rows.push(...given);
    },
    isRowFault: (error) => error === ROW_FAULT,
    onError: (error) => seen.errors.push(error),
    onLost: (count) => seen.lost.push(count),
    onLeftOut: (count) => leftOut.push(count),
    schedule: (work, milliseconds) => void timers.push({ work, milliseconds }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  return { buffer, seen, leftOut, timers, rows };
}

const LIMITS: ActivityLimits = { proven: 3, unproven: 4, unprovenAtOnce: 2 };
const names = (count: number, prefix = "r") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe("the buffer of activity", () => {
  it("stores a thousand rows a second later, in few groups, in their order, and does nothing while there are none", async () => {
    const { buffer, seen, timers } = setUp();
    expect(timers).toEqual([]);
    for (const name of names(1_000)) buffer.add(proven(name));
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([FLUSH_INTERVAL_MS]);
    expect(seen.stored).toEqual([]);
    timers.shift()?.work();
    await buffer.settled();
    expect(seen.stored).toEqual(names(1_000));
    expect(seen.groups).toEqual([500, 500]);
    expect(timers).toEqual([]);
  });

  it("stores what is left when it is settled, and that only once", async () => {
    const { buffer, seen, timers } = setUp();
    buffer.add(proven("a"));
    await buffer.settled();
    await buffer.settled();
    timers.shift()?.work();
    await buffer.settled();
    expect(seen.stored).toEqual(["a"]);
  });

  it("keeps every row that could not be stored, in its order, and tries again more and more slowly", async () => {
    let isDown = true;
    const { buffer, seen, timers } = setUp({ fails: () => (isDown ? OUTAGE : undefined) });
    const waits: number[] = [];
    buffer.add(proven("r0"));
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const timer = timers.shift();
      waits.push(timer?.milliseconds ?? 0);
      timer?.work();
      buffer.add(proven(`r${attempt}`));
      await until(() => timers.length > 0);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(seen.errors).toEqual(waits.map(() => OUTAGE));
    isDown = false;
    await buffer.settled();
    expect(seen.stored).toEqual(names(9));
    expect(seen.lost).toEqual([]);
  });

  it("throws nothing at a request or at the close when storing fails", async () => {
    const { buffer, seen } = setUp({ fails: () => OUTAGE });
    expect(buffer.add(proven("a"))).toBeUndefined();
    await expect(buffer.settled()).resolves.toBeUndefined();
    expect(seen.errors).toEqual([OUTAGE]);
  });

  it("gives up a row that cannot be stored, tells so, and stores its neighbours", async () => {
    const fails = (rows: readonly ActivityRow[]) =>
      rows.some((row) => row.requestId === "bad") ? ROW_FAULT : undefined;
    const { buffer, seen } = setUp({ fails });
    for (const name of ["a", "bad", "b"]) buffer.add(proven(name));
    await buffer.settled();
    await buffer.settled();
    expect(seen).toMatchObject({ stored: ["a", "b"], errors: [ROW_FAULT], lost: [1] });
  });

  it("is bounded while nothing can be stored: the oldest stay, and how many found no place is told", async () => {
    let isDown = true;
    const { buffer, seen } = setUp({ fails: () => (isDown ? OUTAGE : undefined), limits: LIMITS });
    for (const name of names(5)) buffer.add(proven(name));
    await buffer.settled();
    for (const name of names(2, "late")) buffer.add(proven(name));
    isDown = false;
    await buffer.settled();
    expect(seen.stored).toEqual(names(3));
    expect(seen.lost).toEqual([2, 2]);
  });
});

describe("rows that nobody has proved", () => {
  it("are few between two writings: beyond that those alike become one, and others are left out and counted", async () => {
    const { buffer, rows, leftOut, seen } = setUp({ limits: LIMITS });
    for (const name of names(100)) buffer.add(unproven(name));
    for (const name of names(7)) buffer.add(unproven(name, "token_too_long"));
    await buffer.settled();
    expect(rows.map(({ requestId, requests }) => [requestId, requests])).toEqual([
      ["r0", 1],
      ["r1", 99],
    ]);
    expect([leftOut, seen.lost]).toEqual([[7], []]);
  });

  it("get new room with each writing, and change no row that was given", async () => {
    const { buffer, rows } = setUp({ limits: LIMITS });
    const given = unproven("a");
    buffer.add(given);
    for (const name of names(5)) buffer.add(unproven(name));
    await buffer.settled();
    buffer.add(unproven("b"));
    await buffer.settled();
    expect(given.requests).toBe(1);
    expect(rows.map(({ requestId, requests }) => [requestId, requests])).toEqual([
      ["a", 1],
      ["r0", 5],
      ["b", 1],
    ]);
  });

  it("take no room from those of applications, before or after an outage", async () => {
    let isDown = true;
    const { buffer, seen, leftOut } = setUp({ fails: () => (isDown ? OUTAGE : undefined), limits: LIMITS });
    for (let second = 0; second < 4; second += 1) {
      for (const name of names(50)) buffer.add(unproven(name));
      await buffer.settled();
    }
    for (const name of names(3, "own")) buffer.add(proven(name));
    isDown = false;
    await buffer.settled();
    expect(seen.stored.filter((name) => name.startsWith("own"))).toEqual(names(3, "own"));
    expect(seen.stored).toHaveLength(3 + LIMITS.unproven);
    expect(seen.lost).toEqual([]);
    expect(leftOut.reduce((sum, count) => sum + count, 0)).toBe(100);
  });
});

/** Lets what is already resolved run on. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isTrue(); turn += 1) await Promise.resolve();
  expect(isTrue()).toBe(true);
}
