import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import type { RevocationTime } from "../application-secret.schema";
import { rotateSecret } from "../rotate-secret";
import { cancelSecretRevocation } from "./cancel-secret-revocation";
import { markSecretCompromised } from "./mark-secret-compromised";
import { revokeSecret } from "./revoke-secret";

useTestDatabase();
let staff: StaffActor;
let client: TestClient;
let clock: ReturnType<typeof createTestClock>;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

beforeEach(async () => {
  client = await createTestClient();
  clock = createTestClock();
});

const TYPED = "Calendar";
const DAY = 86_400;
const later = (seconds: number) => new Date(START.getTime() + seconds * 1_000);

function end(secretId: string, revocation: RevocationTime, confirmation = "", revocationAt = "") {
  return revokeSecret(contextOf(staff, clock.now), {
    applicationId: client.id,
    secretId,
    revocation,
    revocationAt,
    confirmation,
  });
}

function cancel(secretId = client.secretId) {
  return cancelSecretRevocation(contextOf(staff, clock.now), { applicationId: client.id, secretId });
}

function compromise(secretId = client.secretId, confirmation = TYPED) {
  return markSecretCompromised(contextOf(staff, clock.now), { applicationId: client.id, secretId, confirmation });
}

async function rotate(revocation: RevocationTime = "24h", secretIds = [client.secretId]): Promise<string> {
  const input = { applicationId: client.id, secretIds, revocation, revocationAt: "", label: "", expiresAt: "" };
  const known = new Set((await secretsOf(client.id)).map(({ id }) => id));
  await rotateSecret(contextOf(staff, clock.now), input);
  return (await secretsOf(client.id)).find(({ id }) => !known.has(id))?.id ?? "";
}

async function secret(secretId: string) {
  return (await secretsOf(client.id)).find(({ id }) => id === secretId);
}

const actionsOf = async () => (await auditEventsAbout(client.id)).map(({ action }) => action);
const NOT_FOUND = { code: "not_found", reason: "not_found" };
const DIFFERS = { code: "invalid", fieldErrors: { confirmation: "application_name_differs" } };

describe("revokeSecret", () => {
  it("revokes one of several at once, and says so", async () => {
    const other = await addTestSecret(client);
    const before = await secret(client.secretId);
    await end(client.secretId, "now");
    expect(await secret(client.secretId)).toEqual({ ...before, revokedAt: START });
    expect(await secret(other.secretId)).toMatchObject({ revokedAt: null });
    expect(await auditEventsAbout(client.id)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.secret_revoked",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          hint: { before: before?.hint, after: before?.hint },
          revokedAt: { before: null, after: START.toISOString() },
        },
      },
    ]);
  });

  it("sets an end for later, moves it, and records from when to when", async () => {
    await addTestSecret(client);
    await end(client.secretId, "1h");
    await end(client.secretId, "date", "", "2026-12-01T08:00");
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: new Date("2026-12-01T08:00:00.000Z") });
    expect(await auditEventsAbout(client.id)).toMatchObject([
      { action: "application.secret_revocation_scheduled", changes: { revokedAt: { before: null } } },
      {
        action: "application.secret_revocation_scheduled",
        changes: { revokedAt: { before: later(3_600).toISOString(), after: "2026-12-01T08:00:00.000Z" } },
      },
    ]);
  });

  it.each(["now", "1h"] as const)(
    "revokes the last live one (%s) only once its application's name was typed",
    async (revocation) => {
      for (const typed of ["", "calendar", "Calendar 2"]) {
        await expect(end(client.secretId, revocation, typed)).rejects.toMatchObject(DIFFERS);
      }
      expect(await secret(client.secretId)).toMatchObject({ revokedAt: null });
      await end(client.secretId, revocation, TYPED);
      expect((await secret(client.secretId))?.revokedAt).not.toBeNull();
    },
  );

  it("asks for the name as well when the others will have ended by then", async () => {
    const other = await addTestSecret(client);
    await end(other.secretId, "1h");
    await expect(end(client.secretId, "24h")).rejects.toMatchObject(DIFFERS);
    await end(client.secretId, "now");
  });

  it("lets one of two be ended at the same time without the name, not both", async () => {
    const other = await addTestSecret(client);
    const results = await Promise.allSettled([end(client.secretId, "now"), end(other.secretId, "now")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await secretsOf(client.id)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  });

  it("leaves what has ended or expired as it is", async () => {
    await addTestSecret(client);
    await end(client.secretId, "1h");
    clock.pass(3_600);
    await end(client.secretId, "7d");
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: later(3_600) });
    expect(await actionsOf()).toEqual(["application.secret_revocation_scheduled"]);
  });

  it("refuses a moment that has passed, a secret of another application, and what does not exist", async () => {
    const other = await createTestClient();
    const past = { fieldErrors: { revocationAt: "moment_past" } };
    await expect(end(client.secretId, "date", TYPED, "2026-11-23T12:00")).rejects.toMatchObject(past);
    await expect(end(other.secretId, "now", TYPED)).rejects.toMatchObject(NOT_FOUND);
    await expect(end(randomUUID(), "now", TYPED)).rejects.toMatchObject(NOT_FOUND);
    expect(await secretsOf(other.id)).toMatchObject([{ revokedAt: null }]);
  });
});

describe("cancelSecretRevocation", () => {
  it("keeps the old secret and revokes the new one that nobody has used", async () => {
    const made = await rotate();
    clock.pass(60);
    expect(await cancel()).toEqual({ newSecret: "revoked" });
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: null, replacedById: null });
    expect(await secret(made)).toMatchObject({ revokedAt: later(60) });
    expect(await auditEventsAbout(client.id)).toMatchObject([
      { action: "application.secret_rotated" },
      {
        action: "application.secret_revocation_cancelled",
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          revokedAt: { before: later(DAY).toISOString(), after: null },
        },
      },
      {
        action: "application.secret_revoked",
        changes: { secretId: { after: made }, revokedAt: { before: null, after: later(60).toISOString() } },
      },
    ]);
  });

  it("keeps both once the new one is in use", async () => {
    const made = await rotate();
    await database().applicationSecret.update({ where: { id: made }, data: { lastUsedAt: clock.now() } });
    expect(await cancel()).toEqual({ newSecret: "kept" });
    expect(await secretsOf(client.id)).toMatchObject([{ revokedAt: null }, { revokedAt: null }]);
  });

  it("takes a rotation back as a whole, without what has ended meanwhile", async () => {
    const second = await addTestSecret(client);
    const third = await addTestSecret(client);
    await rotate("24h", [client.secretId, second.secretId, third.secretId]);
    await end(third.secretId, "now");
    await cancel(second.secretId);
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: null });
    expect(await secret(second.secretId)).toMatchObject({ revokedAt: null });
    expect(await secret(third.secretId)).toMatchObject({ revokedAt: START });
  });

  it("takes back an end that belongs to no rotation, once", async () => {
    await end(client.secretId, "1h", TYPED);
    expect(await cancel()).toEqual({ newSecret: "none" });
    expect(await cancel()).toEqual({ newSecret: "none" });
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: null });
    expect(await actionsOf()).toEqual([
      "application.secret_revocation_scheduled",
      "application.secret_revocation_cancelled",
    ]);
  });

  it("never brings back what has ended, expired or was compromised", async () => {
    await rotate("1h");
    clock.pass(3_600);
    const refusal = { code: "conflict", reason: "secret_not_live" };
    await expect(cancel()).rejects.toMatchObject(refusal);
    await compromise();
    await expect(cancel()).rejects.toMatchObject(refusal);
    const other = await createTestClient();
    await expect(cancel(other.secretId)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe("markSecretCompromised", () => {
  it("revokes the secret at once, for good, and says so once", async () => {
    await rotate();
    const { hint } = (await secret(client.secretId)) ?? {};
    await compromise(client.secretId, "");
    await compromise(client.secretId, "");
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: START, compromisedAt: START });
    const [, ...events] = await auditEventsAbout(client.id);
    expect(events).toMatchObject([
      {
        action: "application.secret_marked_compromised",
        actorId: staff.id,
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          hint: { before: hint, after: hint },
          revokedAt: { before: later(DAY).toISOString(), after: START.toISOString() },
          compromisedAt: { before: null, after: START.toISOString() },
        },
      },
    ]);
  });

  it("asks for the name when it is the last live one", async () => {
    await expect(compromise(client.secretId, "")).rejects.toMatchObject(DIFFERS);
    await compromise(client.secretId, TYPED);
  });

  it("marks one that has ended, and leaves its end", async () => {
    await end(client.secretId, "now", TYPED);
    clock.pass(60);
    await compromise(client.secretId, "");
    expect(await secret(client.secretId)).toMatchObject({ revokedAt: START, compromisedAt: later(60) });
  });

  it("cannot be undone, whatever tries: the database refuses", async () => {
    await compromise();
    const where = { id: client.secretId };
    for (const data of [
      { revokedAt: null },
      { revokedAt: later(60) },
      { compromisedAt: null },
      { compromisedAt: later(1) },
    ]) {
      await expect(database().applicationSecret.update({ where, data })).rejects.toThrow(/constraint violated|23001/);
    }
    const live = await addTestSecret(client);
    const mark = { where: { id: live.secretId }, data: { compromisedAt: START } };
    await expect(database().applicationSecret.update(mark)).rejects.toThrow(
      /application_secrets_compromised_has_ended/,
    );
  });

  it("refuses a secret of another application", async () => {
    const other = await createTestClient();
    await expect(compromise(other.secretId)).rejects.toMatchObject(NOT_FOUND);
    expect(await secretsOf(other.id)).toMatchObject([{ revokedAt: null, compromisedAt: null }]);
  });
});
