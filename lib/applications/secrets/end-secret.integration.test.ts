import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine-application";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { useTestDatabase } from "@/lib/testing/test-database";
import { contextOf } from "@/lib/testing/verb-context";
import type { SecretEnd } from "./application-secret.schema";
import { cancelSecretEnd } from "./cancel-secret-end";
import { compromiseSecret } from "./compromise-secret";
import { endSecret } from "./end-secret";
import { rotateSecret } from "./rotate-secret";

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

function end(secretId: string, ends: SecretEnd, confirmation = "", endsAt = "") {
  return endSecret(contextOf(staff, clock.now), { applicationId: client.id, secretId, ends, endsAt, confirmation });
}

function cancel(secretId = client.secretId) {
  return cancelSecretEnd(contextOf(staff, clock.now), { applicationId: client.id, secretId });
}

function compromise(secretId = client.secretId, confirmation = TYPED) {
  return compromiseSecret(contextOf(staff, clock.now), { applicationId: client.id, secretId, confirmation });
}

async function rotate(ends: SecretEnd = "24h", secretIds = [client.secretId]): Promise<string> {
  const input = { applicationId: client.id, secretIds, ends, endsAt: "", label: "", expiresAt: "" };
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

describe("endSecret", () => {
  it("ends one of several at once, and says so", async () => {
    const other = await addTestSecret(client);
    const before = await secret(client.secretId);
    await end(client.secretId, "now");
    expect(await secret(client.secretId)).toEqual({ ...before, endedAt: START });
    expect(await secret(other.secretId)).toMatchObject({ endedAt: null });
    expect(await auditEventsAbout(client.id)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.secret_ended",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          hint: { before: before?.hint, after: before?.hint },
          endedAt: { before: null, after: START.toISOString() },
        },
      },
    ]);
  });

  it("sets an end for later, moves it, and records from when to when", async () => {
    await addTestSecret(client);
    await end(client.secretId, "1h");
    await end(client.secretId, "date", "", "2026-12-01T08:00");
    expect(await secret(client.secretId)).toMatchObject({ endedAt: new Date("2026-12-01T08:00:00.000Z") });
    expect(await auditEventsAbout(client.id)).toMatchObject([
      { action: "application.secret_end_scheduled", changes: { endedAt: { before: null } } },
      {
        action: "application.secret_end_scheduled",
        changes: { endedAt: { before: later(3_600).toISOString(), after: "2026-12-01T08:00:00.000Z" } },
      },
    ]);
  });

  it.each(["now", "1h"] as const)(
    "ends the last live one (%s) only once its application's name was typed",
    async (ends) => {
      for (const typed of ["", "calendar", "Calendar 2"]) {
        await expect(end(client.secretId, ends, typed)).rejects.toMatchObject(DIFFERS);
      }
      expect(await secret(client.secretId)).toMatchObject({ endedAt: null });
      await end(client.secretId, ends, TYPED);
      expect((await secret(client.secretId))?.endedAt).not.toBeNull();
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
    expect((await secretsOf(client.id)).filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  it("leaves what has ended or expired as it is", async () => {
    await addTestSecret(client);
    await end(client.secretId, "1h");
    clock.pass(3_600);
    await end(client.secretId, "7d");
    expect(await secret(client.secretId)).toMatchObject({ endedAt: later(3_600) });
    expect(await actionsOf()).toEqual(["application.secret_end_scheduled"]);
  });

  it("refuses a moment that has passed, a secret of another application, and what does not exist", async () => {
    const other = await createTestClient();
    const past = { fieldErrors: { endsAt: "moment_past" } };
    await expect(end(client.secretId, "date", TYPED, "2026-11-23T12:00")).rejects.toMatchObject(past);
    await expect(end(other.secretId, "now", TYPED)).rejects.toMatchObject(NOT_FOUND);
    await expect(end(randomUUID(), "now", TYPED)).rejects.toMatchObject(NOT_FOUND);
    expect(await secretsOf(other.id)).toMatchObject([{ endedAt: null }]);
  });
});

describe("cancelSecretEnd", () => {
  it("keeps the old secret and ends the new one that nobody has used", async () => {
    const made = await rotate();
    clock.pass(60);
    expect(await cancel()).toEqual({ newSecret: "ended" });
    expect(await secret(client.secretId)).toMatchObject({ endedAt: null, replacedById: null });
    expect(await secret(made)).toMatchObject({ endedAt: later(60) });
    expect(await auditEventsAbout(client.id)).toMatchObject([
      { action: "application.secret_rotated" },
      {
        action: "application.secret_end_cancelled",
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          endedAt: { before: later(DAY).toISOString(), after: null },
        },
      },
      {
        action: "application.secret_ended",
        changes: { secretId: { after: made }, endedAt: { before: null, after: later(60).toISOString() } },
      },
    ]);
  });

  it("keeps both once the new one is in use", async () => {
    const made = await rotate();
    await database().applicationSecret.update({ where: { id: made }, data: { lastUsedAt: clock.now() } });
    expect(await cancel()).toEqual({ newSecret: "kept" });
    expect(await secretsOf(client.id)).toMatchObject([{ endedAt: null }, { endedAt: null }]);
  });

  it("takes a rotation back as a whole, without what has ended meanwhile", async () => {
    const second = await addTestSecret(client);
    const third = await addTestSecret(client);
    await rotate("24h", [client.secretId, second.secretId, third.secretId]);
    await end(third.secretId, "now");
    await cancel(second.secretId);
    expect(await secret(client.secretId)).toMatchObject({ endedAt: null });
    expect(await secret(second.secretId)).toMatchObject({ endedAt: null });
    expect(await secret(third.secretId)).toMatchObject({ endedAt: START });
  });

  it("takes back an end that belongs to no rotation, once", async () => {
    await end(client.secretId, "1h", TYPED);
    expect(await cancel()).toEqual({ newSecret: "none" });
    expect(await cancel()).toEqual({ newSecret: "none" });
    expect(await secret(client.secretId)).toMatchObject({ endedAt: null });
    expect(await actionsOf()).toEqual(["application.secret_end_scheduled", "application.secret_end_cancelled"]);
  });

  it("never brings back what has ended, expired or was compromised", async () => {
    await rotate("1h");
    clock.pass(3_600);
    const refusal = { code: "conflict", reason: "secret_has_ended" };
    await expect(cancel()).rejects.toMatchObject(refusal);
    await compromise();
    await expect(cancel()).rejects.toMatchObject(refusal);
    const other = await createTestClient();
    await expect(cancel(other.secretId)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe("compromiseSecret", () => {
  it("ends the secret at once, for good, and says so once", async () => {
    await rotate();
    const { hint } = (await secret(client.secretId)) ?? {};
    await compromise(client.secretId, "");
    await compromise(client.secretId, "");
    expect(await secret(client.secretId)).toMatchObject({ endedAt: START, compromisedAt: START });
    const [, ...events] = await auditEventsAbout(client.id);
    expect(events).toMatchObject([
      {
        action: "application.secret_compromised",
        actorId: staff.id,
        changes: {
          secretId: { before: client.secretId, after: client.secretId },
          hint: { before: hint, after: hint },
          endedAt: { before: later(DAY).toISOString(), after: START.toISOString() },
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
    expect(await secret(client.secretId)).toMatchObject({ endedAt: START, compromisedAt: later(60) });
  });

  it("cannot be undone, whatever tries: the database refuses", async () => {
    await compromise();
    const where = { id: client.secretId };
    for (const data of [
      { endedAt: null },
      { endedAt: later(60) },
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
    expect(await secretsOf(other.id)).toMatchObject([{ endedAt: null, compromisedAt: null }]);
  });
});
