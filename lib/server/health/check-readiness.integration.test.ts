// Runs on both databases: the questions that ask whether it is there, and whether it would take what is written.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Database, setDatabase } from "@/lib/db/client";
import { isDatabaseFull, noteDatabaseFull } from "@/lib/db/full-disk";
import { listMigrationNames } from "@/lib/db/migrations";
import { findWriteObstacle } from "@/lib/db/write-obstacle";
import { metricsSnapshot } from "@/lib/observability/metrics/metrics";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { checkReadiness, type ReadinessParts } from "./check-readiness";

const opened = useTestDatabase();
let log: ReturnType<typeof captureLog>;

const MIB = 1024 * 1024;
const parts: ReadinessParts = {
  now: () => new Date(),
  migrations: await listMigrationNames("prisma/migrations"),
  trySigning: async () => {},
  dataDirectory: undefined,
};
const check = (changed: Partial<ReadinessParts> = {}) => checkReadiness({ ...parts, ...changed });
const clockOff = (milliseconds: number) => ({ now: () => new Date(Date.now() + milliseconds) });
const lines = () => log.lines.map((line): unknown => JSON.parse(line));

// The limit is over when a test says so: on a slow machine the first question of a process takes as long.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  log = captureLog();
});
afterEach(() => {
  vi.useRealTimers();
  setDatabase(opened.database);
  log.stop();
});

describe("a process is ready", () => {
  it("while the database answers and all else is as it should be, and says nothing of it in the log", async () => {
    expect(await check()).toBeUndefined();
    expect((await metricsSnapshot()).vestibule_ready).toBe(1);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ["when the database has migrations of a newer version", { migrations: parts.migrations.slice(0, 1) }],
    ["when its clock is four seconds fast", clockOff(4_000)],
    ["when its clock is four seconds slow", clockOff(-4_000)],
    ["when there are 64 MiB left", { dataDirectory: "/data", freeBytes: async () => 64 * MIB }],
    ["in a directory as it is", { dataDirectory: process.cwd() }],
  ] as const)("%s", async (_when, changed) => {
    expect(await check(changed)).toBeUndefined();
  });
});

describe("a process is not ready, says why in the log, and does not throw", () => {
  it("when the database has not answered for two seconds, and not before they are over", async () => {
    setDatabase({ $queryRaw: () => new Promise(() => {}) } as unknown as Database);
    let answer: unknown;
    const checked = check().then((obstacle) => {
      answer = obstacle;
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await checked;
    expect(answer).toBe("database_away");
    expect(log.lines.join("")).toContain("The database did not answer in time.");
  });

  it("without a database", async () => {
    setDatabase(undefined);
    expect(await check()).toBe("database_away");
    expect(lines()).toEqual([
      expect.objectContaining({ level: "warn", event: "not_ready", detail: "database_away", msg: "not ready" }),
    ]);
    expect((await metricsSnapshot()).vestibule_ready).toBeUndefined();
  });

  it.each([
    ["migrations_missing", "a migration is missing", { migrations: [...parts.migrations, "29990101000000_later"] }],
    ["clock_off", "its clock is six seconds fast", clockOff(6_000)],
    ["clock_off", "its clock is six seconds slow", clockOff(-6_000)],
    ["clock_off", "its clock jumps back while the database answers", jumpingBack()],
    ["disk_full", "less than 64 MiB are left", { dataDirectory: "/data", freeBytes: async () => 64 * MIB - 1 }],
  ] as const)("%s: %s", async (obstacle, _when, changed) => {
    expect(await check(changed)).toBe(obstacle);
    expect(lines()).toEqual([expect.objectContaining({ level: "warn", event: "not_ready", detail: obstacle })]);
  });

  it("no_signing_key: no token can be signed", async () => {
    const trySigning = () => Promise.reject(new Error("The key is broken."));
    expect(await check({ trySigning })).toBe("no_signing_key");
    expect(lines()).toEqual([
      expect.objectContaining({
        level: "error",
        event: "signing_keys_unreadable",
        err: expect.objectContaining({ message: "The key is broken." }),
      }),
      expect.objectContaining({ event: "not_ready", detail: "no_signing_key" }),
    ]);
  });

  it("when the data directory is gone", async () => {
    expect(await check({ dataDirectory: "/nowhere/at/all" })).toBe("disk_full");
  });
});

it("a role that may read and not write is an obstacle, whatever else works", async () => {
  const role = `vestibule_reader_${process.pid}`;
  const rollBack = new Error("The role goes with its transaction.");
  const work = opened.database.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`CREATE ROLE ${role}`);
    await tx.$executeRawUnsafe(`GRANT SELECT ON audit_events TO ${role}`);
    await tx.$executeRawUnsafe(`SET LOCAL ROLE ${role}`);
    expect(await findWriteObstacle(tx)).toBe("not_permitted");
    throw rollBack;
  });
  await expect(work).rejects.toBe(rollBack);
  expect(await findWriteObstacle(opened.database)).toBeUndefined();
});

it("a disk that was full is tried with a write that leaves nothing, and is forgotten once there is room", async () => {
  const count = () => opened.database.auditEvent.count();
  const before = await count();
  noteDatabaseFull(true);
  expect(await check()).toBeUndefined();
  expect([isDatabaseFull(), await count()]).toEqual([false, before]);
});

it("a disk that is still full is an obstacle, and stays one", async () => {
  noteDatabaseFull(true);
  // As the driver says it: no disk is filled for this (e2e/platform/torture/database-faults.spec.ts does).
  const full = Object.assign(new Error("could not extend file"), { code: "53100" });
  const database = Object.create(opened.database, { $transaction: { value: () => Promise.reject(full) } }) as Database;
  expect([await findWriteObstacle(database), isDatabaseFull()]).toEqual(["database_full", true]);
  noteDatabaseFull(false);
});

/** A clock that says an hour less each time. */
function jumpingBack(): Pick<ReadinessParts, "now"> {
  let hours = 0;
  return {
    now: () => {
      hours += 1;
      return new Date(Date.now() - hours * 3_600_000);
    },
  };
}
