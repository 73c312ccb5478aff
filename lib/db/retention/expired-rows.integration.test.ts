import { beforeAll, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { countExpired, deleteExpired } from "./expired-rows";

useTestDatabase();
const NOW = new Date("2026-11-23T12:00:00.000Z");
const ROWS = { table: "organisation_sign_ins", column: "expires_at", keptMs: 60_000 };

const secondsAgo = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const states = async () =>
  (await database().organisationSignIn.findMany({ orderBy: { expiresAt: "asc" } })).map(({ stateHash }) =>
    stateHash.trim(),
  );

beforeAll(async () => {
  const data = [300, 200, 100, 61, 60].map((seconds) => ({
    stateHash: String(seconds).padEnd(64, " "),
    expiresAt: secondsAgo(seconds),
  }));
  await database().organisationSignIn.createMany({ data });
});

it("rows that are over are counted, and deleted in slices, the oldest first", async () => {
  expect(await countExpired(ROWS, NOW)).toEqual({ table: ROWS.table, rows: 4, oldest: secondsAgo(300) });
  expect(await deleteExpired(ROWS, NOW, 2)).toBe(2);
  expect(await states()).toEqual(["100", "61", "60"]);
  expect(await countExpired(ROWS, NOW)).toMatchObject({ rows: 2, oldest: secondsAgo(100) });
});

it.runIf(hasSeveralConnections)(
  "a row that another transaction holds is left to it, and holds up no other",
  async () => {
    await database().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM "organisation_sign_ins" WHERE "expires_at" = ${secondsAgo(100)} FOR UPDATE`;
      expect(await deleteExpired(ROWS, NOW)).toBe(1);
    });
    expect(await states()).toEqual(["100", "60"]);
  },
);

it("what is not over stays, and an empty table has nothing due", async () => {
  await deleteExpired(ROWS, NOW);
  expect(await states()).toEqual(["60"]);
  expect(await deleteExpired(ROWS, NOW)).toBe(0);
  expect(await countExpired(ROWS, NOW)).toEqual({ table: ROWS.table, rows: 0, oldest: undefined });
});
