// Runs on both databases: the question that asks whether it is there.
import { expect, it } from "vitest";
import { setDatabase } from "@/lib/db/client";
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
