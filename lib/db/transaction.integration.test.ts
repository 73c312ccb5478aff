// Runs on both databases: what each driver makes of a transaction that was given up.
import { beforeEach, describe, expect, it } from "vitest";
import { database, inOneStatement, inTransaction, type Transaction } from "@/lib/db/client";
import { hasSeveralConnections, runUntilItWaits } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";

useTestDatabase();
let personId: string;

beforeEach(async () => {
  personId = (await createTestPerson()).id;
  await database().$executeRawUnsafe(`
    CREATE OR REPLACE FUNCTION refuse_as_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = NEW.display_name; END $$`);
  await database().$executeRawUnsafe(`
    CREATE OR REPLACE TRIGGER refuse_as_told BEFORE UPDATE ON people FOR EACH ROW
    WHEN (NEW.display_name IN ('40001', '40P01', '23514')) EXECUTE FUNCTION refuse_as_told()`);
});

/** The two ways in which verbs speak to the database; each reports what it was refused for in its own words. */
const WAYS = {
  "a query on a model": (tx: Transaction, displayName: string) =>
    tx.person.update({ where: { id: personId }, data: { displayName }, select: { id: true } }),
  "a raw query": (tx: Transaction, displayName: string) =>
    tx.$queryRaw`UPDATE people SET display_name = ${displayName} WHERE id = ${personId}::uuid RETURNING id`,
};

const nameOf = async () =>
  (await database().person.findUniqueOrThrow({ where: { id: personId }, select: { displayName: true } })).displayName;

describe.each(Object.entries(WAYS))("a transaction, by %s,", (_way, rename) => {
  it.each(["40001", "40P01"])("is run once more when the database gave it up (%s)", async (refusal) => {
    const tries = [refusal, "Ana"];
    const answer = await inTransaction(async (tx) => {
      await rename(tx, tries.shift() ?? "too often");
      return "done";
    });
    expect([answer, await nameOf()]).toEqual(["done", "Ana"]);
  });

  it("leaves nothing behind of the time it was given up", async () => {
    const tries = ["40P01", "Ana"];
    await inTransaction(async (tx) => {
      await tx.person.create({ data: { email: `made-by-${personId}@example.com` }, select: { id: true } });
      await rename(tx, tries.shift() ?? "too often");
    });
    expect(await database().person.count({ where: { email: `made-by-${personId}@example.com` } })).toBe(1);
  });

  it.each([
    ["given up twice", "40P01", 2],
    ["refused for another reason", "23514", 1],
  ])("is not run again when it is %s", async (_why, refusal, runs) => {
    let run = 0;
    const refused = inTransaction(async (tx) => {
      run += 1;
      await rename(tx, refusal);
    });
    await expect(refused).rejects.toMatchObject({ meta: { driverAdapterError: { cause: { originalCode: refusal } } } });
    expect(run).toBe(runs);
  });
});

it("a transaction is not run again for what the verb itself refuses", async () => {
  let run = 0;
  const refused = inTransaction(async () => {
    run += 1;
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  expect(run).toBe(1);
});

describe.runIf(hasSeveralConnections)("two transactions that wait for each other", () => {
  it("succeed both, one of them at its second try", async () => {
    const other = await createTestPerson();
    let runs = 0;
    const rename = (tx: Transaction, id: string, displayName: string) =>
      tx.person.update({ where: { id }, data: { displayName }, select: { id: true } });
    const [first, second] = [personId, other.id];
    let end: Promise<void> = Promise.resolve();
    await inTransaction(async (tx) => {
      runs += 1;
      await rename(tx, first, "One");
      // Begun once: when this one is the one that is given up, the other has come to its end without it.
      if (runs === 1) {
        const begun = await runUntilItWaits(() =>
          inTransaction(async (rival) => {
            runs += 1;
            await rename(rival, second, "Two");
            await rename(rival, first, "Two");
          }),
        );
        end = begun.end;
      }
      await rename(tx, second, "One");
    });
    await end;
    expect(runs).toBe(3);
    expect(await database().person.count({ where: { displayName: { in: ["One", "Two"] } } })).toBe(2);
  });
});

describe("one statement, without a transaction around it,", () => {
  const RENAME = {
    name: "test_rename",
    text: `UPDATE "people" SET "display_name" = $1::text WHERE "id" = $2::uuid RETURNING "display_name" AS "displayName"`,
  };

  it.each(["40001", "40P01"])("is run once more when the database gave it up (%s)", async (refusal) => {
    const tries = [refusal, "Ana"];
    const rows = await inOneStatement(({ runStatement }) => runStatement(RENAME, [tries.shift() ?? "often", personId]));
    expect([rows, await nameOf()]).toEqual([[{ displayName: "Ana" }], "Ana"]);
  });

  it.each([
    ["given up twice", "40P01", 2],
    ["refused for another reason", "23514", 1],
  ])("is not run again when it is %s", async (_why, refusal, runs) => {
    let run = 0;
    const refused = inOneStatement(({ runStatement }) => {
      run += 1;
      return runStatement(RENAME, [refusal, personId]);
    });
    await expect(refused).rejects.toMatchObject({ code: refusal });
    expect(run).toBe(runs);
  });
});
