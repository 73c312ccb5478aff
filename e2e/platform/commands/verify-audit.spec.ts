import { expect, test } from "@playwright/test";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { createOwnDatabase, migrate, query } from "../../support/own-database";
import { skipIfMissing } from "../../support/run-client";
import { runCommand } from "./run-command";

const postgres = await findPostgres();

test("npm run audit:verify says by its exit code whether the log fits its chain, and names the hour that does not", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const database = await createOwnDatabase(postgres.url ?? "");
  const verify = (...args: string[]) => runCommand(["verify-audit", ...args], database.environment);
  try {
    await migrate(database.environment);
    const none = await verify();
    expect(none.said).toContain("There is no link yet");
    expect(none.code).toBe(0);
    const unknown = await verify("--head", "a".repeat(64));
    expect(unknown.said).toContain("the head that you have kept is no head of this chain");
    expect(unknown.code).toBe(1);
    for (const args of [["--head"], ["--head", "abc"], ["--heads", "a".repeat(64)]]) {
      const refused = await verify(...args);
      expect([refused.code, refused.said]).toEqual([1, expect.stringContaining("npm run audit:verify -- --head HEAD")]);
    }
    await query(
      database.environment.DATABASE_URL ?? "",
      `INSERT INTO audit_chain_links (hour, event_count, digest, head)
       VALUES ('2026-11-30T08:00:00Z', 1, repeat('b', 64), repeat('c', 64))`,
    );
    const forged = await verify();
    expect(forged.said).toContain(
      "The audit log does not fit its chain. 2026-11-30T08:00:00.000Z: the link of this hour, or the one before it, is not the one that was made.",
    );
    expect(forged.code).toBe(1);
  } finally {
    await database.drop();
  }
});
