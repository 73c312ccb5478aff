// Runs on both databases: the question that asks whether it is there.
import { expect, it } from "vitest";
import { setDatabase } from "@/lib/db/client";
import { findWriteObstacle } from "@/lib/db/write-obstacle";
import { setLogDestination } from "@/lib/observability/logger";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { checkReadiness } from "./check-readiness";

const opened = useTestDatabase();

it("is ready while the database answers", async () => {
  expect(await checkReadiness()).toBe(true);
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
