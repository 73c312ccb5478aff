// Runs on both databases: the question that asks whether it is there.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Database, setDatabase } from "@/lib/db/client";
import { findWriteObstacle } from "@/lib/db/write-obstacle";
import { setLogDestination } from "@/lib/observability/logger";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { checkReadiness } from "./check-readiness";

const opened = useTestDatabase();

// The limit is over when a test says so: on a slow machine the first question of a process takes as long.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

it("is ready while the database answers", async () => {
  expect(await checkReadiness()).toBe(true);
});

it("is not ready when the database has not answered for two seconds, and not before they are over", async () => {
  const lines: string[] = [];
  setLogDestination({ write: (line: string) => void lines.push(line) });
  setDatabase({ $queryRaw: () => new Promise(() => {}) } as unknown as Database);
  let answer: boolean | undefined;
  const check = checkReadiness().then((isReady) => {
    answer = isReady;
  });
  await vi.advanceTimersByTimeAsync(1_999);
  expect(answer).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  await check;
  expect(answer).toBe(false);
  setDatabase(opened.database);
  setLogDestination(undefined);
  expect(lines.join("")).toContain("The database did not answer in time.");
});

it("is not ready without a database, says so in the log, and does not throw", async () => {
  const lines: string[] = [];
  setLogDestination({ write: (line: string) => void lines.push(line) });
  setDatabase(undefined);
  expect(await checkReadiness()).toBe(false);
  setDatabase(opened.database);
  setLogDestination(undefined);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", msg: "not ready" });
});

it("is not ready on a role that may read and not write, whatever else works", async () => {
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
