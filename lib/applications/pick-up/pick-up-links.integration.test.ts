// Runs on both databases: rows locked in a transaction.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteApplication } from "@/lib/applications/delete-application";
import type { RotateSecret } from "@/lib/applications/secrets/application-secret.schema";
import { clientSecretFormat } from "@/lib/applications/secrets/generate-credentials";
import { revokeUnusedSecret } from "@/lib/applications/secrets/revocation/revoke-unused-secret";
import { setApplicationStatus } from "@/lib/applications/status/set-application-status";
import type { StaffActor, VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken } from "@/lib/testing/machine/machine-requests";
import { createPickUps, credentialsOf, INTEGRATOR, SOMEBODY_ELSE } from "@/lib/testing/pick-up-links";
import { createTestClock, START, secretsOf } from "@/lib/testing/secret-clock";
import { createStaffActor, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { listPickUpLinks } from "./list-pick-up-links";
import { revokePickUpLink } from "./revoke-pick-up-link";

useTestDatabase();
const UNKNOWN = { code: "not_found", reason: "pick_up_link_unknown" };
const hoursLater = (hours: number) => new Date(START.getTime() + hours * 3_600_000);

let staff: StaffActor;
let client: TestClient;
let clock: ReturnType<typeof createTestClock>;
let pickUps: ReturnType<typeof createPickUps>;

beforeAll(() => setConfig(testConfig({ publicUrl: "https://portal.example.org" })));
beforeEach(async () => {
  clock = createTestClock();
  staff = await createStaffActor({ name: "Mara" });
  client = await createTestClient();
  pickUps = createPickUps(staff, clock.now);
});

const make = (choices?: Partial<RotateSecret>) => pickUps.make(client.id, choices);
const open = (token: string, by?: VisitorActor) => pickUps.open(token, by);
const press = (token: string, by?: VisitorActor) => pickUps.press(token, by);
const revoke = (linkId: string, applicationId = client.id) =>
  revokePickUpLink(contextOf(staff, clock.now), { applicationId, linkId });
const linkOf = async (linkId: string) =>
  (await listPickUpLinks(client.id, clock.now())).find(({ id }) => id === linkId);

describe("a pick-up link", () => {
  it("has its token in the fragment only, and of it the hash alone is stored", async () => {
    const { url, token, expiresAt } = await make();
    expect(url).toMatch(/^https:\/\/portal\.example\.org\/pick-up#[A-Za-z0-9_-]{43}$/);
    expect(expiresAt).toEqual(hoursLater(24));
    expect(await dumpDatabase()).not.toContain(token);
  });

  it("makes no secret before somebody presses, however often it is opened", async () => {
    const before = await secretsOf(client.id);
    const { token } = await make({ label: "Production" });
    for (let time = 0; time < 5; time += 1) {
      expect(await open(token)).toEqual({
        applicationName: "Calendar",
        state: "open",
        label: "Production",
        expiresAt: hoursLater(24),
      });
    }
    expect(await secretsOf(client.id)).toEqual(before);
  });

  it("makes a secret that works, with the label and the expiry that staff chose, and by nobody of them", async () => {
    const { token, linkId } = await make({ label: "Production", expiresAt: "2027-01-01T00:00" });
    const issued = credentialsOf(await press(token));
    expect(issued).toEqual({
      applicationId: client.id,
      name: "Calendar",
      clientId: client.clientId,
      secretId: expect.stringMatching(/^[0-9a-f]{8}-/),
      clientSecret: expect.stringMatching(/^vst_t[A-Za-z0-9]{43}_[A-Za-z0-9]{22}$/),
    });
    expect(clientSecretFormat(config()).check(issued.clientId, issued.clientSecret)).toBe("authentic");
    const [, made] = await secretsOf(client.id);
    expect(made).toMatchObject({
      label: "Production",
      expiresAt: new Date("2027-01-01T00:00:00.000Z"),
      createdById: null,
      revokedAt: null,
    });
    expect(await linkOf(linkId)).toEqual({
      id: linkId,
      state: "picked_up",
      label: "Production",
      createdAt: START,
      createdByName: "Mara",
      expiresAt: hoursLater(24),
      revokedAt: null,
      pickedUpAt: START,
      pickedUpIp: INTEGRATOR.ip,
      secretHint: made?.hint,
      reopenedCount: 0,
      reopenedAt: null,
      reopenedIp: null,
    });
    const answer = await askForToken(createM2mApi(config()), { ...issued, secret: issued.clientSecret });
    expect(answer.status).toBe(200);
  });

  it("leaves its secret nowhere but as a hash", async () => {
    const { token } = await make();
    const { clientSecret } = credentialsOf(await press(token));
    const dump = await dumpDatabase();
    const half = Math.floor(clientSecret.length / 2);
    for (const piece of [clientSecret, clientSecret.slice(0, half), clientSecret.slice(half), token]) {
      expect(dump).not.toContain(piece);
    }
    const [stored] = await database().applicationSecret.findMany({
      where: { pickUpLink: { isNot: null }, applicationId: client.id },
      select: { hash: true },
    });
    expect(stored?.hash).toMatch(/^\$argon2id\$v=19\$/);
  });

  it("makes one secret of eight presses at once, and tells the other seven who was first", async () => {
    const { token, linkId } = await make();
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(token)));
    expect(answers.filter(({ state }) => state === "made")).toHaveLength(1);
    for (const answer of answers.filter(({ state }) => state !== "made")) {
      expect(answer).toEqual({ applicationName: "Calendar", state: "picked_up", at: START, from: INTEGRATOR.ip });
    }
    expect(await secretsOf(client.id)).toHaveLength(2);
    expect(await linkOf(linkId)).toMatchObject({ reopenedCount: 7 });
  });

  it("tells a second opener when and from where it was picked up, and staff that somebody tried", async () => {
    const { token, linkId } = await make();
    await press(token);
    clock.pass(60);
    const told = { applicationName: "Calendar", state: "picked_up", at: START, from: INTEGRATOR.ip };
    expect(await open(token, SOMEBODY_ELSE)).toEqual(told);
    clock.pass(60);
    expect(await press(token, SOMEBODY_ELSE)).toEqual(told);
    expect(await linkOf(linkId)).toMatchObject({
      reopenedCount: 2,
      reopenedAt: new Date(START.getTime() + 120_000),
      reopenedIp: SOMEBODY_ELSE.ip,
      pickedUpIp: INTEGRATOR.ip,
    });
    expect(await secretsOf(client.id)).toHaveLength(2);
  });

  it.each(["", "x", "a".repeat(43), "%", "' OR 1=1 --"])("is not guessed with %j", async (token) => {
    await make();
    await expect(open(token)).rejects.toMatchObject(UNKNOWN);
    await expect(press(token)).rejects.toMatchObject(UNKNOWN);
  });

  it("expires after 24 hours, and says so", async () => {
    const { token, linkId } = await make();
    clock.pass(24 * 3_600);
    const told = { applicationName: "Calendar", state: "expired", at: hoursLater(24) };
    expect(await open(token)).toEqual(told);
    expect(await press(token)).toEqual(told);
    expect(await linkOf(linkId)).toMatchObject({ state: "expired", reopenedCount: 0 });
    expect(await secretsOf(client.id)).toHaveLength(1);
  });

  it("lives no longer than the secret it would make", async () => {
    const { expiresAt, token } = await make({ expiresAt: "2026-11-23T13:00" });
    expect(expiresAt).toEqual(hoursLater(1));
    clock.pass(3_600);
    expect(await press(token)).toMatchObject({ state: "expired" });
  });

  it("works no more once staff have revoked it, and says so", async () => {
    const { token, linkId } = await make();
    clock.pass(60);
    await revoke(linkId);
    const told = { applicationName: "Calendar", state: "revoked", at: new Date(START.getTime() + 60_000) };
    expect(await open(token)).toEqual(told);
    expect(await press(token)).toEqual(told);
    await revoke(linkId);
    expect(await secretsOf(client.id)).toHaveLength(1);
  });

  it("cannot be revoked once it was used, nor as a link of another application", async () => {
    const { token, linkId } = await make();
    await expect(revoke(linkId, (await createTestClient()).id)).rejects.toMatchObject({ code: "not_found" });
    await press(token);
    await expect(revoke(linkId)).rejects.toMatchObject({ code: "conflict", reason: "pick_up_link_used" });
  });

  it("makes nothing for an application that is inactive, and is not used up by that", async () => {
    const { token } = await make();
    const setActive = (isActive: boolean) =>
      setApplicationStatus(contextOf(staff, clock.now), { applicationId: client.id, isActive });
    await setActive(false);
    await expect(press(token)).rejects.toMatchObject({ reason: "pick_up_application_inactive" });
    await setActive(true);
    expect(await press(token)).toMatchObject({ state: "made" });
  });

  it("is gone with its application", async () => {
    const { token } = await make();
    const input = { applicationId: client.id, rooms: "keep" as const, confirmation: "Calendar" };
    await deleteApplication(contextOf(staff, clock.now), input);
    await expect(open(token)).rejects.toMatchObject(UNKNOWN);
    await expect(press(token)).rejects.toMatchObject(UNKNOWN);
    await expect(make()).rejects.toMatchObject({ code: "not_found" });
  });

  it("is not made where five secrets would be too many, those of open links counted", async () => {
    for (let more = 0; more < 2; more += 1) await addTestSecret(client);
    const first = await make();
    await make();
    await expect(make()).rejects.toMatchObject({ code: "conflict", reason: "pick_up_links_too_many" });
    await revoke(first.linkId);
    await expect(make()).resolves.toBeDefined();
  });

  it("makes nothing where five secrets are live by now, and works as soon as one is revoked", async () => {
    const { token } = await make();
    for (let more = 0; more < 4; more += 1) await addTestSecret(client);
    await expect(press(token)).rejects.toMatchObject({ code: "conflict", reason: "pick_up_no_room" });
    const secret = { applicationId: client.id, secretId: client.secretId };
    await revokeUnusedSecret(contextOf(staff, clock.now), secret);
    expect(await press(token)).toMatchObject({ state: "made" });
  });

  it("is refused for an expiry that has passed", async () => {
    await expect(make({ expiresAt: "2026-11-23T11:59" })).rejects.toMatchObject({
      fieldErrors: { expiresAt: "moment_past" },
    });
  });
});
