import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient } from "@/lib/testing/machine/machine-application";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { revokeUnusedSecret } from "./revoke-unused-secret";

useTestDatabase();
let staff: StaffActor;
const clock = createTestClock();

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

const revoke = (applicationId: string, secretId: string) =>
  revokeUnusedSecret(contextOf(staff, clock.now), { applicationId, secretId });

describe("revokeUnusedSecret", () => {
  it("revokes the only secret at once and without a typed name, and says so in the audit log", async () => {
    const { id, secretId } = await createTestClient();
    await revoke(id, secretId);
    const [secret] = await secretsOf(id);
    expect(secret?.revokedAt).toEqual(START);
    expect(await auditEventsAbout(id)).toMatchObject([
      {
        action: "application.secret_revoked",
        changes: {
          secretId: { before: secretId, after: secretId },
          hint: { before: secret?.hint, after: secret?.hint },
          revokedAt: { before: null, after: START.toISOString() },
        },
      },
    ]);
  });

  it("leaves the other secrets alone", async () => {
    const client = await createTestClient();
    const other = await addTestSecret(client);
    await revoke(client.id, client.secretId);
    expect((await secretsOf(client.id)).filter(({ revokedAt }) => revokedAt === null)).toMatchObject([
      { id: other.secretId },
    ]);
  });

  it("refuses one that has been used meanwhile, and changes nothing", async () => {
    const { id, secretId } = await createTestClient();
    await database().applicationSecret.update({ where: { id: secretId }, data: { lastUsedAt: START } });
    await expect(revoke(id, secretId)).rejects.toMatchObject({ code: "conflict", reason: "secret_used" });
    expect(await secretsOf(id)).toMatchObject([{ revokedAt: null }]);
    expect(await auditEventsAbout(id)).toEqual([]);
  });

  it("changes nothing about one that is revoked, and finds none of another application", async () => {
    const { id, secretId } = await createTestClient();
    await revoke(id, secretId);
    clock.pass(60);
    await revoke(id, secretId);
    expect(await secretsOf(id)).toMatchObject([{ revokedAt: START }]);
    const other = await createTestClient();
    await expect(revoke(other.id, secretId)).rejects.toMatchObject({ reason: "not_found" });
    await expect(revoke(randomUUID(), secretId)).rejects.toMatchObject({ reason: "not_found" });
  });
});
