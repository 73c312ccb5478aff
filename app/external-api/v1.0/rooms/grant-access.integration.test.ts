import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as LIST_ACCESSES } from "@/app/api/external/rooms/[roomId]/accesses/route";
import { SCOPES, type Scope } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { POST } from "./[roomId]/grant-access/route";

const test = useTestDatabase();
let client: TestClient;
let owner: { id: string; email: string };
let room: { id: string };
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient({ scopes: [...SCOPES], domains: ["example.com"] });
});

beforeEach(async () => {
  owner = await createTestPerson();
  room = await createTestRoom(owner.id);
  token = await signInAs(owner.email);
});

afterAll(() => setConfig(undefined));

const signInAs = (email: string, as = client) => obtainToken(m2mApi(), as, { fields: { scope: email } });

function grant(body: unknown, { as = token, roomId = room.id }: { as?: string; roomId?: string } = {}) {
  return callExternal(POST, {
    token: as,
    method: "POST",
    params: { roomId },
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });
}

async function roleOf(email: string): Promise<string | undefined> {
  const access = await test.database.roomAccess.findFirst({
    where: { roomId: room.id, person: { email } },
    select: { role: true },
  });
  return access?.role;
}

async function versionNow(): Promise<number> {
  return (await test.database.room.findUniqueOrThrow({ where: { id: room.id }, select: { version: true } })).version;
}

describe("the grant of a role, as La Suite Meet", () => {
  it("makes a stranger of an allowed domain a person with the role, and says both", async () => {
    const email = `stranger-${room.id}@example.com`;
    const answer = await grant({ email: ` ${email}`.trim().toUpperCase(), role: "member", note: "ignored" });
    expect(answer).toEqual({
      status: 201,
      json: { email, role: "member", created: true, provisional_user_created: true },
      text: expect.any(String),
      headers: { "cache-control": "no-store", "content-type": "application/json", "x-content-type-options": "nosniff" },
    });
    const person = await test.database.person.findUniqueOrThrow({
      where: { email },
      select: { id: true, createdByApplicationId: true },
    });
    expect(person.createdByApplicationId).toBe(client.id);
    expect(await auditEventsAbout(room.id)).toEqual([
      expect.objectContaining({
        actorKind: "application",
        actorId: client.id,
        action: "room.access_added",
        changes: { personId: { before: null, after: person.id }, role: { before: null, after: "member" } },
      }),
    ]);
    expect(await versionNow()).toBe(2);
  });

  it("makes somebody who is known an administrator when no role is said", async () => {
    const { email } = await createTestPerson();
    const json = { email, role: "administrator", created: true, provisional_user_created: false };
    expect(await grant({ email })).toMatchObject({ status: 201, json });
    const accesses = await callExternal(LIST_ACCESSES, { token, params: { roomId: room.id } });
    expect(accesses.json).toMatchObject({ results: [{ role: "owner" }, { email, role: "administrator" }] });
  });

  it("may be repeated, also at once: one role, one audit event, one version", async () => {
    const email = `often-${room.id}@example.com`;
    const answers = await Promise.all(Array.from({ length: 4 }, () => grant({ email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const said = answers.map(({ json }) => json as { created: boolean; provisional_user_created: boolean });
    expect(said.filter(({ created }) => created)).toHaveLength(1);
    expect(said.filter((one) => one.provisional_user_created)).toHaveLength(1);
    expect(await auditEventsAbout(room.id)).toHaveLength(1);
    expect(await versionNow()).toBe(2);
  });

  it("changes a member into an administrator and back, with an audit event each", async () => {
    const { email } = await createTestPerson();
    await grant({ email, role: "member" });
    for (const role of ["administrator", "member"]) {
      const json = { email, role, created: false, provisional_user_created: false };
      expect(await grant({ email, role })).toMatchObject({ status: 200, json });
      expect(await roleOf(email)).toBe(role);
    }
    expect((await auditEventsAbout(room.id)).map(({ action }) => action)).toEqual([
      "room.access_added",
      "room.access_changed",
      "room.access_changed",
    ]);
  });

  it("never demotes an owner, neither another one nor the person themselves", async () => {
    const other = await createTestPerson();
    await test.database.roomAccess.create({ data: { roomId: room.id, personId: other.id, role: "owner" } });
    for (const { email } of [owner, other]) {
      for (const role of ["administrator", "member"]) {
        const json = { email, role: "owner", created: false, provisional_user_created: false };
        expect(await grant({ email, role })).toMatchObject({ status: 200, json });
        expect(await roleOf(email)).toBe("owner");
      }
    }
    expect(await auditEventsAbout(room.id)).toEqual([]);
    expect(await versionNow()).toBe(1);
  });

  it.each([
    [{ email: "a@elsewhere.example" }, { email: ["This application is not authorized for this email domain."] }],
    [{ email: "a@sub.example.com" }, { email: ["This application is not authorized for this email domain."] }],
    [{}, { email: ["Must be an e-mail address."] }],
    [{ email: null }, { email: ["This field may not be null."] }],
    [{ email: "" }, { email: ["Must be an e-mail address."] }],
    [{ email: "a\u200b@example.com" }, { email: ["Must be an e-mail address."] }],
    [{ email: "a@example.com\u0000" }, { email: ["Must be an e-mail address."] }],
    [{ email: "a@example.com", role: "owner" }, { role: ["Must be one of: administrator, member."] }],
    [{ email: "a@example.com", role: "" }, { role: ["Must be one of: administrator, member."] }],
    [{ email: "a@example.com", role: null }, { role: ["This field may not be null."] }],
  ])("to %j is refused under the field's name, and makes nobody", async (body, fields) => {
    const people = await test.database.person.count();
    expect(await grant(body)).toMatchObject({ status: 400, json: fields });
    expect(await test.database.person.count()).toBe(people);
    expect(await versionNow()).toBe(1);
  });

  it("says the same of everybody who cannot be acted for", async () => {
    const people = [
      await createTestPerson({ isActive: false }),
      await createTestPerson({ isDelegationAllowed: false }),
      await createStaffMember({ passwordHash: null }),
    ];
    for (const { email } of people) {
      expect(await grant({ email })).toMatchObject({
        status: 400,
        json: { email: ["This person cannot be acted for."] },
      });
    }
    setConfig(testConfig({ userProvisioning: "existing-only" }));
    const answer = await grant({ email: `unknown-${room.id}@example.com` });
    setConfig(testConfig());
    expect(answer).toMatchObject({ status: 400, json: { email: ["This person cannot be acted for."] } });
  });

  it("is for owners and administrators with rooms:update, and nobody comes into being by trying", async () => {
    const [helper, member, stranger] = [await createTestPerson(), await createTestPerson(), await createTestPerson()];
    await grant({ email: helper.email });
    await grant({ email: member.email, role: "member" });
    const email = `never-${room.id}@example.com`;
    const people = await test.database.person.count();
    const narrow = await createTestClient({
      scopes: SCOPES.filter((scope): scope is Scope => scope !== "rooms:update"),
    });
    const answers = [
      await grant({ email }, { as: await signInAs(member.email) }),
      await grant({ email }, { as: await signInAs(stranger.email) }),
      await grant({ email }, { roomId: "0193575a-0000-7000-8000-00000000dead" }),
      await grant({ email }, { as: await signInAs(owner.email, narrow) }),
    ];
    expect(answers.map(({ status, json }) => [status, json])).toEqual([
      [403, { detail: "This person's role in the room does not allow this." }],
      [404, { detail: "No Room matches the given query." }],
      [404, { detail: "No Room matches the given query." }],
      [403, { detail: "Insufficient permissions. Required scope: rooms:update" }],
    ]);
    expect(await test.database.person.count()).toBe(people);
    expect((await grant({ email }, { as: await signInAs(helper.email) })).status).toBe(201);
  });
});
