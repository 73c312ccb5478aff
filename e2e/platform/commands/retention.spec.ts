import { expect, test } from "@playwright/test";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { createOwnDatabase, migrate, query } from "../../support/own-database";
import { skipIfMissing } from "../../support/run-client";
import { runCommand } from "./run-command";

const postgres = await findPostgres();

test("npm run retention says what would go, deletes it when it is told to, and takes no other option", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const database = await createOwnDatabase(postgres.url ?? "");
  const retention = (...args: string[]) => runCommand(["retention", ...args], database.environment);
  try {
    await migrate(database.environment);
    // More than one slice.
    await query(
      database.environment.DATABASE_URL ?? "",
      `INSERT INTO organisation_sign_ins (state_hash, expires_at)
       SELECT md5(n::text) || md5(n::text), '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second' FROM generate_series(0, 6000) n`,
    );
    const due = "organisation_sign_ins  6001 of organisation_sign_ins, the oldest of 2026-01-01T00:00:00.000Z\n";
    for (const time of ["the first time", "once more: nothing has changed"]) {
      const told = await retention("--dry-run");
      expect([time, told.code, told.said]).toEqual([time, 0, expect.stringContaining(due)]);
      expect(told.said).toContain("activity               0 of activity\n");
      expect(told.said).toContain("\nNothing was deleted.\n");
    }
    const refused = await retention("--dry");
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("npm run retention -- --dry-run")]);
    const done = await retention();
    expect([done.code, done.said]).toEqual([0, expect.stringContaining("organisation_sign_ins  6001 rows\n")]);
    expect((await retention("--dry-run")).said).toContain("organisation_sign_ins  0 of organisation_sign_ins\n");
  } finally {
    await database.drop();
  }
});
