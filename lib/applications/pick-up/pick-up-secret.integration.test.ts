// Runs on both databases: rows locked in a transaction.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApplicationWithPickUpLink } from "@/lib/applications/create-application";
import { addSecret } from "@/lib/applications/secrets/add-secret";
import { revokeUnusedSecret } from "@/lib/applications/secrets/revocation/revoke-unused-secret";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { createPickUps, credentialsOf, INTEGRATOR, SOMEBODY_ELSE, tokenOf } from "@/lib/testing/pick-up-links";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

useTestDatabase();
const hoursLater = (hours: number) => new Date(START.getTime() + hours * 3_600_000);

let staff: StaffActor;
let client: TestClient;
let clock: ReturnType<typeof createTestClock>;
let pickUps: ReturnType<typeof createPickUps>;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  clock = createTestClock();
  staff = await createStaffActor({ name: "Mara" });
  client = await createTestClient();
  pickUps = createPickUps(staff, clock.now);
});

describe("a pick-up link of a rotation", () => {
  it("revokes nothing before it is used, and from then on counts the time that staff chose", async () => {
    const { token } = await pickUps.make(client.id, { secretIds: [client.secretId], revocation: "1h" });
    clock.pass(7_200);
    expect((await secretsOf(client.id))[0]).toMatchObject({ revokedAt: null });
    await pickUps.press(token);
    const [old, made] = await secretsOf(client.id);
    expect(old).toMatchObject({ revokedAt: hoursLater(3), replacedById: made?.id });
  });

  it.each([
    ["chosen date", "2026-11-24T18:00", "2026-11-24T18:00:00.000Z"],
    ["moment of the press, where that date has passed", "2026-11-23T12:30", "2026-11-23T13:00:00.000Z"],
  ])("revokes the old secret at the %s", async (_what, revocationAt, revokedAt) => {
    const { token } = await pickUps.make(client.id, { secretIds: [client.secretId], revocation: "date", revocationAt });
    clock.pass(3_600);
    await pickUps.press(token);
    expect((await secretsOf(client.id))[0]?.revokedAt).toEqual(new Date(revokedAt));
  });

  it("leaves alone what staff have decided otherwise meanwhile", async () => {
    const other = await addTestSecret(client);
    const { token } = await pickUps.make(client.id, {
      secretIds: [client.secretId, other.secretId],
      revocation: "24h",
    });
    await revokeUnusedSecret(contextOf(staff, clock.now), { applicationId: client.id, secretId: other.secretId });
    clock.pass(3_600);
    await pickUps.press(token);
    const rows = await secretsOf(client.id);
    expect(rows.find(({ id }) => id === other.secretId)).toMatchObject({ revokedAt: START, replacedById: null });
    expect(rows.find(({ id }) => id === client.secretId)).toMatchObject({ revokedAt: hoursLater(25) });
  });

  it("finds room among five where it revokes one at once", async () => {
    for (let more = 0; more < 4; more += 1) await addTestSecret(client);
    const { token } = await pickUps.make(client.id, { secretIds: [client.secretId], revocation: "now" });
    expect(await pickUps.press(token)).toMatchObject({ state: "made" });
  });
});

describe("an application that is created with a pick-up link", () => {
  const form = { name: "Diary", description: "", ownerContact: "", scopes: [], domainPolicy: "any", domains: [] };
  const create = () =>
    createApplicationWithPickUpLink(contextOf(staff, clock.now), { ...form, domainPolicy: "any" as const });

  it("has no secret until the link is used", async () => {
    const { applicationId, url } = await create();
    expect(await secretsOf(applicationId)).toEqual([]);
    const issued = credentialsOf(await pickUps.press(tokenOf({ url })));
    expect(issued).toMatchObject({ applicationId, name: "Diary" });
    expect(await secretsOf(applicationId)).toHaveLength(1);
  });

  it("tells the audit log who made the link, and that the link made the secret, from where", async () => {
    const { applicationId, linkId, url } = await create();
    const token = tokenOf({ url });
    await pickUps.press(token);
    await pickUps.open(token, SOMEBODY_ELSE);
    await pickUps.open(token, SOMEBODY_ELSE);
    const [secret] = await secretsOf(applicationId);
    const [, ...events] = await auditEventsAbout(applicationId);
    const added = (value: unknown) => ({ before: null, after: value });
    expect(events).toEqual([
      expect.objectContaining({
        actorKind: "staff",
        actorId: staff.id,
        action: "application.pick_up_link_made",
        changes: {
          linkId: added(linkId),
          label: added(null),
          secretExpiresAt: added(null),
          expiresAt: added(hoursLater(24).toISOString()),
        },
      }),
      {
        actorKind: "pick_up_link",
        actorId: linkId,
        action: "application.secret_picked_up",
        targetKind: "application",
        ip: INTEGRATOR.ip,
        requestId: INTEGRATOR.requestId,
        changes: {
          linkId: added(linkId),
          secretId: added(secret?.id),
          hint: added(secret?.hint),
          label: added(null),
          expiresAt: added(null),
        },
      },
      // Once, however often it is opened: nobody may fill a log that is kept for good.
      expect.objectContaining({
        actorKind: "pick_up_link",
        actorId: linkId,
        action: "application.pick_up_link_reopened",
        ip: SOMEBODY_ELSE.ip,
        changes: { linkId: added(linkId) },
      }),
    ]);
  });
});

it("cannot be changed back in the database, whatever tries", async () => {
  const { token, linkId } = await pickUps.make(client.id);
  await pickUps.press(token);
  const change = (data: object) => database().pickUpLink.update({ where: { id: linkId }, data, select: { id: true } });
  for (const data of [
    { pickedUpAt: null },
    { tokenHash: "0".repeat(64) },
    { expiresAt: hoursLater(48) },
    { reopenedCount: -1 },
    { label: "other" },
  ]) {
    await expect(change(data), JSON.stringify(data)).rejects.toThrow("A one-time link cannot be changed back");
  }
  await expect(change({ revokedAt: START })).rejects.toThrow("pick_up_links_one_end");
});

it("a secret added by staff meanwhile and a pick-up do not wait for each other for ever", async () => {
  const { token } = await pickUps.make(client.id);
  const added = { applicationId: client.id, label: "", expiresAt: "" };
  await Promise.all([addSecret(contextOf(staff, clock.now), added), pickUps.press(token)]);
  expect(await secretsOf(client.id)).toHaveLength(3);
});
