import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { externalRoute } from "@/lib/machine/external-routes";
import { m2mApi } from "@/lib/machine/m2m-api";
import { setStaffImpersonation } from "@/lib/staff/set-staff-impersonation";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { auditEventsAbout, createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { DAY_MS } from "@/lib/time";
import { revokePersonTokens } from "@/lib/tokens/revoke-person-tokens";
import { getPerson } from "./get-person";
import { listActingApplications } from "./list-acting-applications";
import { listPeople } from "./list-people";
import { listPersonRooms } from "./list-person-rooms";
import { type ListPeopleParams, personList, renamePersonSchema } from "./person.schema";
import { renamePerson } from "./rename-person";
import { setPersonDelegation } from "./set-person-delegation";
import { setPersonStatus } from "./set-person-status";

useTestDatabase();
let actor: StaffActor;

beforeAll(async () => {
  setConfig(testConfig());
  actor = await createStaffActor();
});

const route = externalRoute({ scope: "rooms:list", run: async () => ({}) });
const call = async (token: string) => (await callExternal(route, { token })).status;
const failure = (work: Promise<unknown>) =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );
const eventsOf = async (id: string) =>
  (await auditEventsAbout(id))
    .filter(({ actorKind }) => actorKind === "staff")
    .map(({ action, changes }) => [action, changes]);

/** A person for whom an application holds a token that works, made some seconds ago. */
async function createServedPerson() {
  const client = await createTestClient();
  const person = await createTestPerson();
  const ask = () => askForToken(m2mApi(), client, { fields: { scope: person.email } });
  const token = await obtainToken(m2mApi(), client, { fields: { scope: person.email } });
  expect(await call(token)).toBe(200);
  return { client, person, token, ask };
}
/** A moment of the next second: later than every token that exists. */
const soon = () => new Date(Date.now() + 1000);

describe("deactivating a person", () => {
  it("ends their tokens with the next call, and activating does not revive one", async () => {
    const { person, token, ask } = await createServedPerson();
    await setPersonStatus(contextOf(actor, soon), { personId: person.id, isActive: false });
    expect(await call(token)).toBe(401);
    expect((await ask()).status).toBe(400);
    await setPersonStatus(contextOf(actor), { personId: person.id, isActive: true });
    expect(await call(token)).toBe(401);
    expect((await ask()).status).toBe(200);
  });

  it("is told by the audit log, once for each change, without an address", async () => {
    const { id } = await createTestPerson();
    const at = new Date("2026-11-24T10:00:00.000Z");
    const ctx = contextOf(actor, at);
    for (const isActive of [false, false, true]) await setPersonStatus(ctx, { personId: id, isActive });
    const events = await eventsOf(id);
    expect(events).toEqual([
      [
        "person.deactivated",
        {
          isActive: { before: true, after: false },
          tokensRevokedAt: { before: null, after: "2026-11-24T10:00:05.000Z" },
        },
      ],
      ["person.activated", { isActive: { before: false, after: true } }],
    ]);
    expect(JSON.stringify(events)).not.toContain("@");
  });

  it("by ten at once leaves one event", async () => {
    const { id } = await createTestPerson();
    await Promise.all(
      Array.from({ length: 10 }, () => setPersonStatus(contextOf(actor), { personId: id, isActive: false })),
    );
    expect(await eventsOf(id)).toHaveLength(1);
  });
});

describe("keeping applications from acting for a person", () => {
  it("ends their tokens for good, and is undone for new ones", async () => {
    const { person, token, ask } = await createServedPerson();
    await setPersonDelegation(contextOf(actor, soon), { personId: person.id, isDelegationAllowed: false });
    expect([await call(token), (await ask()).status]).toEqual([401, 400]);
    await setPersonDelegation(contextOf(actor), { personId: person.id, isDelegationAllowed: true });
    expect([await call(token), (await ask()).status]).toEqual([401, 200]);
    expect((await eventsOf(person.id)).map(([action]) => action)).toEqual([
      "person.delegation_refused",
      "person.delegation_allowed",
    ]);
  });
});

describe("ending all tokens of a person", () => {
  it("ends those there are, of every application, and nobody else's", async () => {
    const { person, token } = await createServedPerson();
    const second = await createTestClient();
    const other = await obtainToken(m2mApi(), second, { fields: { scope: person.email } });
    const { token: foreign } = await createServedPerson();
    await revokePersonTokens(contextOf(actor, soon), { personId: person.id });
    expect([await call(token), await call(other), await call(foreign)]).toEqual([401, 401, 200]);
  });

  it("lets new ones work as soon as clocks that differ by five seconds agree that it is over", async () => {
    const { client, person } = await createServedPerson();
    await revokePersonTokens(contextOf(actor, new Date(Date.now() - 7000)), { personId: person.id });
    expect(await call(await obtainToken(m2mApi(), client, { fields: { scope: person.email } }))).toBe(200);
  });

  it("never moves back: an earlier end leaves the later one", async () => {
    const { person } = await createServedPerson();
    const later = new Date("2030-01-01T00:00:00.000Z");
    await revokePersonTokens(contextOf(actor, later), { personId: person.id });
    await revokePersonTokens(contextOf(actor), { personId: person.id });
    expect((await getPerson(person.id)).tokensRevokedAt).toEqual(new Date("2030-01-01T00:00:05.000Z"));
  });

  it("changes nothing when the audit event cannot be stored", async () => {
    const { person, token } = await createServedPerson();
    const unrecordable = { ...actor, requestId: "x".repeat(65) };
    await expect(revokePersonTokens(contextOf(unrecordable, soon), { personId: person.id })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect(await call(token)).toBe(200);
  });
});

describe("a member of staff", () => {
  it("may be acted for while an administrator allows it, and not a call longer", async () => {
    const { person, client } = await createServedPerson();
    const { id } = await createStaffMember({ passwordHash: null, email: person.email });
    const ask = () => askForToken(m2mApi(), client, { fields: { scope: person.email } });
    expect((await ask()).status).toBe(400);
    await setStaffImpersonation(contextOf(actor), { staffMemberId: id, isImpersonationAllowed: true });
    const token = await obtainToken(m2mApi(), client, { fields: { scope: person.email } });
    expect(await call(token)).toBe(200);
    await setStaffImpersonation(contextOf(actor), { staffMemberId: id, isImpersonationAllowed: false });
    expect([await call(token), (await ask()).status]).toEqual([401, 400]);
    await setStaffImpersonation(contextOf(actor), { staffMemberId: id, isImpersonationAllowed: false });
    expect((await eventsOf(id)).map(([action]) => action)).toEqual([
      "staff.impersonation_allowed",
      "staff.impersonation_forbidden",
    ]);
  });
});

describe("renaming a person", () => {
  it("is told by the audit log without the name", async () => {
    const { id } = await createTestPerson();
    const rename = (displayName: string) =>
      renamePerson(contextOf(actor), renamePersonSchema.parse({ personId: id, displayName }));
    await rename("  Ana Canary ");
    expect((await getPerson(id)).displayName).toBe("Ana Canary");
    await rename("Ana Canary");
    await rename("");
    expect((await getPerson(id)).displayName).toBeNull();
    expect(await eventsOf(id)).toEqual([
      ["person.renamed", {}],
      ["person.renamed", {}],
    ]);
  });

  it.each(["a\nb", "a\u0000b", "x".repeat(256)])("refuses %j", (displayName) => {
    expect(renamePersonSchema.safeParse({ personId: randomUUID(), displayName }).success).toBe(false);
  });
});

describe("somebody unknown", () => {
  it.each([
    ["deactivated", () => setPersonStatus(contextOf(actor), { personId: randomUUID(), isActive: false })],
    ["protected", () => setPersonDelegation(contextOf(actor), { personId: randomUUID(), isDelegationAllowed: false })],
    ["ended", () => revokePersonTokens(contextOf(actor), { personId: randomUUID() })],
    ["renamed", () => renamePerson(contextOf(actor), { personId: randomUUID(), displayName: "x" })],
    [
      "exposed",
      () => setStaffImpersonation(contextOf(actor), { staffMemberId: randomUUID(), isImpersonationAllowed: true }),
    ],
    ["shown", () => getPerson(randomUUID())],
    ["shown by what is no id", () => getPerson("nonsense")],
  ])("cannot be %s", async (_title, work) => {
    expect(await failure(work())).toMatchObject({ code: "not_found", reason: "not_found" });
  });
});

describe("the list of people", () => {
  const list = async (params: Record<string, string>) =>
    (await listPeople(personList.parse({ q: "@list.example", sort: "email", ...params }) as ListPeopleParams)).rows;

  it("is searched by address and name, filtered, sorted, and counts the rooms owned", async () => {
    const ana = await createTestPerson({ email: "ana@list.example" });
    await createTestPerson({ email: "ben@list.example", isActive: false });
    await createTestPerson({ email: "cleo@list.example", isDelegationAllowed: false });
    await createTestPerson({ email: "dan@list.example" });
    await createTestPerson({ email: "eve@list.example" });
    await createStaffMember({ passwordHash: null, email: "dan@list.example" });
    await createStaffMember({ passwordHash: null, email: "eve@list.example", isImpersonationAllowed: true });
    await database().person.update({ where: { id: ana.id }, data: { displayName: "Ana 100% sure" } });
    await createTestRoom(ana.id);
    await createTestRoom(ana.id, { role: "member" });
    await createTestRoom(ana.id, { deletedAt: new Date() });
    const names = async (params: Record<string, string>) =>
      (await list(params)).map(({ email }) => email.split("@")[0]);
    expect(await names({})).toEqual(["ana", "ben", "cleo", "dan", "eve"]);
    expect(await names({ dir: "desc" })).toEqual(["eve", "dan", "cleo", "ben", "ana"]);
    expect(await names({ status: "inactive" })).toEqual(["ben"]);
    expect(await names({ delegation: "staff" })).toEqual(["dan", "eve"]);
    expect(await names({ delegation: "off" })).toEqual(["cleo", "dan"]);
    expect(await names({ delegation: "on" })).toEqual(["ana", "ben", "eve"]);
    expect(await names({ q: "100% SURE" })).toEqual(["ana"]);
    expect(await names({ q: "100_ sure" })).toEqual([]);
    const [first] = await list({});
    expect(first).toMatchObject({
      roomsOwned: { count: 1, hasMore: false },
      staff: null,
      displayName: "Ana 100% sure",
    });
    expect((await listPersonRooms(ana.id)).map(({ role }) => role).sort()).toEqual(["member", "owner"]);
  });

  it("says of each room of a person which application made it, unless that is gone", async () => {
    const person = await createTestPerson();
    const [maker, gone] = [await createTestClient(), await createTestClient()];
    for (const { id: createdByApplicationId } of [maker, gone])
      await createTestRoom(person.id, { createdByApplicationId });
    await createTestRoom(person.id);
    await database().application.update({
      where: { id: gone.id },
      data: { isActive: false, deletedAt: new Date() },
      select: { id: true },
    });
    const { name } = await database().application.findUniqueOrThrow({
      where: { id: maker.id },
      select: { name: true },
    });
    const makers = (await listPersonRooms(person.id)).map(({ application }) => application);
    expect(makers.filter((application) => application !== null)).toEqual([{ id: maker.id, name }]);
    expect(makers).toHaveLength(3);
  });
});

const KEPT = { activityRetentionDays: 30 };

describe("which applications acted for a person", () => {
  it("is told with how often and when last, also of one that is gone", async () => {
    const { client, person } = await createServedPerson();
    const gone = await createTestClient();
    await obtainToken(m2mApi(), gone, { fields: { scope: person.email } });
    await obtainToken(m2mApi(), client, { fields: { scope: person.email } });
    await m2mApi().settled();
    await database().application.delete({ where: { id: gone.id }, select: { id: true } });
    expect(await listActingApplications(person.id, KEPT, new Date())).toEqual([
      { id: client.id, name: "Calendar", tokens: 2, lastAt: expect.any(Date) },
      { id: gone.id, name: null, tokens: 1, lastAt: expect.any(Date) },
    ]);
    expect(await listActingApplications(person.id, KEPT, new Date(Date.now() + 91 * DAY_MS))).toEqual([]);
  });

  it("is told from the counts once the rows are gone, and each token once while both are there", async () => {
    const { client, person } = await createServedPerson();
    await m2mApi().settled();
    const told = async (days: number) => {
      const now = new Date(Date.now() + days * DAY_MS);
      return (await listActingApplications(person.id, KEPT, now)).map(({ id, tokens }) => [id, tokens]);
    };
    expect([await told(0), await told(29), await told(31)]).toEqual(Array(3).fill([[client.id, 1]]));
  });
});
