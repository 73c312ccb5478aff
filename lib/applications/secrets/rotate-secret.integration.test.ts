// Runs on both databases: rows locked in a transaction.
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { addSecret } from "./add-secret";
import {
  REVOCATION_OPTIONS,
  type RevocationTime,
  type RotateSecret,
  rotateSecretSchema,
} from "./application-secret.schema";
import { clientSecretFormat } from "./generate-credentials";
import { rotateSecret } from "./rotate-secret";

useTestDatabase();
let staff: StaffActor;
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor({ name: "Mara" });
});

beforeEach(async () => {
  client = await createTestClient();
});

const NEVER = { label: "", expiresAt: "", revocationAt: "" };
const clock = createTestClock();

function rotate(revocation: RevocationTime = "24h", overrides: Partial<RotateSecret> = {}) {
  const input = { applicationId: client.id, secretIds: [client.secretId], revocation, ...NEVER, ...overrides };
  return rotateSecret(contextOf(staff, clock.now), input);
}

describe("rotateSecret", () => {
  it("returns the credentials and nothing else", async () => {
    const issued = await rotate();
    expect(issued).toEqual({
      applicationId: client.id,
      name: "Calendar",
      clientId: client.clientId,
      secretId: expect.stringMatching(/^[0-9a-f]{8}-/),
      clientSecret: expect.stringMatching(/^vst_t[A-Za-z0-9]{43}_[A-Za-z0-9]{22}$/),
    });
    expect(clientSecretFormat(config()).check(issued.clientId, issued.clientSecret)).toBe("authentic");
  });

  it.each(REVOCATION_OPTIONS.filter(({ value }) => value !== "date"))(
    "revokes the old secret as chosen: $value",
    async ({ value, afterSeconds }) => {
      await rotate(value);
      const [old, made] = await secretsOf(client.id);
      expect(old?.revokedAt).toEqual(new Date(START.getTime() + (afterSeconds ?? 0) * 1_000));
      expect(old?.replacedById).toBe(made?.id);
      expect(made).toMatchObject({ revokedAt: null, expiresAt: null, label: null, replacedById: null });
    },
  );

  it("revokes the old secret at a date, and gives the new one a label and an expiry, all in UTC", async () => {
    await rotate("date", { revocationAt: "2026-12-24T18:30", label: "Winter", expiresAt: "2027-11-23T00:00" });
    expect(await secretsOf(client.id)).toMatchObject([
      { revokedAt: new Date("2026-12-24T18:30:00.000Z") },
      { label: "Winter", expiresAt: new Date("2027-11-23T00:00:00.000Z"), createdById: staff.id },
    ]);
  });

  it("leaves a secret alone that it was not told to replace", async () => {
    const other = await addTestSecret(client);
    await rotate();
    const rows = await secretsOf(client.id);
    expect(rows.find(({ id }) => id === other.secretId)).toMatchObject({ revokedAt: null, replacedById: null });
  });

  it("replaces several at once, and none", async () => {
    const other = await addTestSecret(client);
    await rotate("1h", { secretIds: [client.secretId, other.secretId] });
    await rotate("1h", { secretIds: [] });
    expect((await secretsOf(client.id)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2);
  });

  it("leaves one audit event that says everything but the secret", async () => {
    const [before] = await secretsOf(client.id);
    const { clientSecret } = await rotate("24h", { label: "Winter" });
    const [, made] = await secretsOf(client.id);
    expect(await auditEventsAbout(client.id)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.secret_rotated",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          secretId: { before: null, after: made?.id },
          hint: { before: null, after: made?.hint },
          label: { before: null, after: "Winter" },
          expiresAt: { before: null, after: null },
          replacedSecretIds: { before: null, after: [client.secretId] },
          replacedHints: { before: null, after: [before?.hint] },
          revokedAt: { before: null, after: "2026-11-24T12:00:00.000Z" },
        },
      },
    ]);
    const dump = await dumpDatabase();
    for (const part of clientSecret.split("_").slice(1)) expect(dump).not.toContain(part);
  });

  it("of two at once refuses one and makes one secret", async () => {
    const results = await Promise.allSettled([rotate(), rotate()]);
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toEqual([
      { status: "rejected", reason: expect.objectContaining({ code: "conflict", reason: "secrets_changed" }) },
    ]);
    expect(await secretsOf(client.id)).toHaveLength(2);
  });

  it("makes room for the new secret when the old one is revoked at once, and not when it is revoked later", async () => {
    for (let more = 0; more < 4; more += 1) await addTestSecret(client);
    await expect(rotate("24h")).rejects.toMatchObject({ code: "conflict", reason: "secrets_too_many" });
    await rotate("now");
    expect((await secretsOf(client.id)).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(5);
  });

  it("stores nothing when the audit event cannot be stored", async () => {
    const unrecordable = { ...staff, requestId: "x".repeat(65) };
    const input = { applicationId: client.id, secretIds: [client.secretId], ...NEVER };
    await expect(rotateSecret(contextOf(unrecordable, clock.now), { ...input, revocation: "24h" })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect(await secretsOf(client.id)).toMatchObject([{ revokedAt: null, replacedById: null }]);
  });

  it("refuses a secret of another application, one that is revoked and one that is scheduled already", async () => {
    const other = await createTestClient();
    const refusal = { code: "conflict", reason: "secrets_changed" };
    await expect(rotate("1h", { secretIds: [other.secretId] })).rejects.toMatchObject(refusal);
    await expect(rotate("1h", { secretIds: [client.secretId, other.secretId] })).rejects.toMatchObject(refusal);
    const where = { id: client.secretId };
    for (const seconds of [-1, 3_600]) {
      const revokedAt = new Date(START.getTime() + seconds * 1_000);
      await database().applicationSecret.update({ where, data: { revokedAt } });
      await expect(rotate()).rejects.toMatchObject(refusal);
    }
    expect(await secretsOf(other.id)).toMatchObject([{ revokedAt: null, replacedById: null }]);
  });

  it.each([
    ["an end", { revocation: "date", revocationAt: "2026-11-23T12:00" }, { revocationAt: "moment_past" }],
    ["an expiry", { expiresAt: "2026-11-23T11:59" }, { expiresAt: "moment_past" }],
  ] as const)("refuses %s that has passed and changes nothing", async (_what, overrides, fieldErrors) => {
    await expect(rotate("1h", overrides)).rejects.toMatchObject({ code: "invalid", fieldErrors });
    expect(await secretsOf(client.id)).toMatchObject([{ revokedAt: null }]);
  });

  it("answers not found for an unknown application", async () => {
    const unknown = { applicationId: randomUUID(), secretIds: [] };
    await expect(rotate("1h", unknown)).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  });
});

describe("addSecret", () => {
  const add = () =>
    addSecret(contextOf(staff, clock.now), { applicationId: client.id, label: "Second", expiresAt: "" });

  it("adds a secret, records it, and touches no other", async () => {
    const issued = await add();
    expect(Object.keys(issued).sort()).toEqual(["applicationId", "clientId", "clientSecret", "name", "secretId"]);
    const rows = await secretsOf(client.id);
    expect(rows.find(({ id }) => id === client.secretId)).toMatchObject({ revokedAt: null, replacedById: null });
    const made = rows.find(({ id }) => id !== client.secretId);
    expect(made).toMatchObject({ label: "Second", revokedAt: null, expiresAt: null });
    expect(await auditEventsAbout(client.id)).toMatchObject([
      {
        action: "application.secret_created",
        changes: {
          secretId: { before: null, after: made?.id },
          hint: { before: null, after: made?.hint },
          label: { before: null, after: "Second" },
          expiresAt: { before: null, after: null },
        },
      },
    ]);
  });

  it("lets five be live, however many are asked for at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, add));
    const refused = results.filter(({ status }) => status === "rejected");
    const tooMany = expect.objectContaining({ code: "conflict", reason: "secrets_too_many" });
    expect(refused).toEqual(Array.from({ length: 2 }, () => ({ status: "rejected", reason: tooMany })));
    expect(await secretsOf(client.id)).toHaveLength(5);
  });

  it("does not count what has ended or expired", async () => {
    for (let more = 0; more < 4; more += 1) await addTestSecret(client);
    const [first, second] = await secretsOf(client.id);
    await database().applicationSecret.update({ where: { id: first?.id ?? "" }, data: { revokedAt: START } });
    await add();
    await expect(add()).rejects.toMatchObject({ reason: "secrets_too_many" });
    await database().applicationSecret.update({ where: { id: second?.id ?? "" }, data: { expiresAt: START } });
    await add();
  });
});

describe("rotateSecretSchema", () => {
  const FORM = { applicationId: randomUUID(), secretIds: [], revocation: "24h", ...NEVER };

  it.each([
    ["its own secret", { secret: "mine" }],
    ["a hash", { hash: "$argon2id$v=19$" }],
    ["an unknown end", { revocation: "never" }],
    ["no moment for a date", { revocation: "date" }],
    ["a day that is none", { revocation: "date", revocationAt: "2027-02-30T10:00" }],
    ["a moment with another zone", { revocation: "date", revocationAt: "2027-02-20T10:00+02:00" }],
    ["a label with two lines", { label: "a\nb" }],
    ["a long label", { label: "x".repeat(101) }],
    ["what is no id", { secretIds: ["1"] }],
  ])("refuses a form with %s", (_what, change) => {
    expect(rotateSecretSchema.safeParse(FORM).success).toBe(true);
    expect(rotateSecretSchema.safeParse({ ...FORM, ...change }).success).toBe(false);
  });
});
