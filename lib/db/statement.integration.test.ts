import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { inTransaction } from "./client";

const test = useTestDatabase();

function run<Row>(name: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return test.database.runStatement<Row>({ name, text }, values);
}

describe("a statement that is run without Prisma", () => {
  beforeAll(async () => {
    await test.database.person.create({ data: { email: "alice@example.com" } });
  });

  it("gives the same values on either database", async () => {
    const moment = new Date("2026-11-30T10:00:00.123Z");
    const id = "01890a5d-ac96-774b-bcce-b302099a8057";
    const text = `SELECT $1::timestamptz AS moment, $2::uuid AS id, $3::int AS count, $4::text[] AS names,
        $5::boolean AS holds, NULL::text AS nothing`;
    const rows = await run<object>("test_values", text, [moment, id, 7, ["a,b", 'c"d', "{}", ""], true]);
    expect(rows).toEqual([{ moment, id, count: 7, names: ["a,b", 'c"d', "{}", ""], holds: true, nothing: null }]);
  });

  it("takes lists for arrays, an empty one too", async () => {
    const ask = (emails: string[]) =>
      run<{ email: string }>("test_lists", `SELECT "email" FROM "people" WHERE "email" = ANY($1)`, [emails]);
    expect(await ask(["alice@example.com", "nobody@example.com"])).toEqual([{ email: "alice@example.com" }]);
    expect(await ask([])).toEqual([]);
  });

  it("is a transaction of its own: what it wrote stays when one beside it is rolled back", async () => {
    let written: Promise<unknown> = Promise.resolve();
    const failed = inTransaction(async (tx) => {
      await tx.person.create({ data: { email: "rolled-back@example.com" } });
      written = run(
        "test_insert",
        `INSERT INTO "people" ("id", "email", "updated_at")
        VALUES (gen_random_uuid(), 'stays@example.com', now())`,
      );
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
    await written;
    expect(
      await test.database.person.findMany({
        where: { email: { in: ["stays@example.com", "rolled-back@example.com"] } },
        select: { email: true },
      }),
    ).toEqual([{ email: "stays@example.com" }]);
  });

  it("names what PostgreSQL says of it", async () => {
    await expect(run("test_fault", "SELECT no_such_column")).rejects.toMatchObject({ code: "42703" });
    const insert = `INSERT INTO "people" ("id", "email", "updated_at") VALUES (gen_random_uuid(), $1, now())`;
    await expect(run("test_unique", insert, ["alice@example.com"])).rejects.toMatchObject({ code: "23505" });
  });
});
