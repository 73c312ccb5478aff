import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import * as item from "./[roomId]/accesses/[accessId]/route";
import * as collection from "./[roomId]/accesses/route";
import { GET as GET_ROOM } from "./[roomId]/route";

const test = useTestDatabase();
type Person = { id: string; email: string };
let client: TestClient;
let owner: Person;
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

function signInAs(email: string, as = client): Promise<string> {
  return obtainToken(m2mApi(), as, { fields: { scope: email } });
}

type Call = { accessId?: string; body?: unknown; token?: string };

function call(method: "GET" | "POST" | "PATCH" | "DELETE", { accessId, body, token: as = token }: Call = {}) {
  const handlers = accessId === undefined ? collection : item;
  const path = `/api/external/rooms/${room.id}/accesses${accessId === undefined ? "" : `/${accessId}`}`;
  return callExternal(handlers[method], {
    token: as,
    method,
    path,
    params: { roomId: room.id, ...(accessId === undefined ? {} : { accessId }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
}

const add = (email: string, role: string, as = token) => call("POST", { body: { email, role }, token: as });
const idOf = ({ json }: Answer) => String(memberOf(json, "id"));

async function give(
  role: "owner" | "administrator" | "member",
  email?: string,
): Promise<Person & { accessId: string }> {
  const person = await createTestPerson(email === undefined ? {} : { email });
  const { id: accessId } = await test.database.roomAccess.create({
    data: { roomId: room.id, personId: person.id, role },
    select: { id: true },
  });
  return { ...person, accessId };
}

async function rolesNow(): Promise<string[]> {
  const accesses = await test.database.roomAccess.findMany({
    where: { roomId: room.id },
    select: { role: true, person: { select: { email: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return accesses.map(({ role, person }) => `${person.email} ${role}`);
}

describe("the people of a room", () => {
  it("are listed with their roles, in the order in which they got them", async () => {
    const helper = await give("administrator");
    const answer = await call("GET");
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      count: 2,
      results: [
        { id: expect.any(String), email: owner.email, role: "owner", created_at: expect.stringMatching(/Z$/) },
        { id: helper.accessId, email: helper.email, role: "administrator", created_at: expect.stringMatching(/Z$/) },
      ],
    });
  });

  it("of other domains have no address for the application", async () => {
    await give("member", `foreign-${room.id}@other.example`);
    expect(JSON.stringify((await call("GET")).json)).not.toContain("other.example");
    expect(memberOf((await call("GET")).json, "results")).toContainEqual(
      expect.objectContaining({ email: null, role: "member" }),
    );
  });

  it("are the business of owners and administrators; to strangers the room is not there", async () => {
    const [helper, member, stranger] = [await give("administrator"), await give("member"), await createTestPerson()];
    const answers = [];
    for (const { email } of [helper, member, stranger])
      answers.push(await call("GET", { token: await signInAs(email) }));
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 404]);
    expect(answers[2]).toMatchObject({ json: { code: "room_not_found" } });
  });
});

describe("giving a role", () => {
  it("makes a person who was unknown, raises the version, and leaves one audit event without an address", async () => {
    const email = `newcomer-${room.id}@example.com`;
    const answer = await add(email.toUpperCase().replace("EXAMPLE.COM", "Example.com"), "administrator");
    expect(answer).toMatchObject({
      status: 201,
      json: { id: expect.any(String), email, role: "administrator", created_at: expect.any(String) },
      headers: { location: `/api/external/rooms/${room.id}/accesses/${idOf(answer)}` },
    });
    const { id: personId } = await test.database.person.findUniqueOrThrow({ where: { email }, select: { id: true } });
    expect(await auditEventsAbout(room.id)).toEqual([
      expect.objectContaining({
        action: "room.access_added",
        changes: { personId: { before: null, after: personId }, role: { before: null, after: "administrator" } },
      }),
    ]);
    const seen = await callExternal(GET_ROOM, { token, params: { roomId: room.id } });
    expect(seen.headers.etag).toMatch(/^"2-/);
  });

  it("may be repeated, also at once, and does not change a role that is there", async () => {
    const { email } = await createTestPerson();
    const answers = await Promise.all(Array.from({ length: 4 }, () => add(email, "member")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(await add(email, "owner")).toMatchObject({ status: 409, json: { code: "access_exists" } });
    expect(await rolesNow()).toEqual([`${owner.email} owner`, `${email} member`]);
  });

  it("says the same of everybody who cannot be acted for, and creates nobody", async () => {
    const people = [
      (await createTestPerson({ isActive: false })).email,
      (await createTestPerson({ isDelegationAllowed: false })).email,
      (await createStaffMember({ passwordHash: null })).email,
    ];
    const before = await test.database.person.count();
    const answers = [];
    for (const email of people) answers.push(await add(email, "administrator"));
    setConfig(testConfig({ userProvisioning: "existing-only" }));
    answers.push(await add("nobody-at-all@example.com", "administrator"));
    setConfig(testConfig());
    for (const answer of answers) {
      expect(answer).toEqual(answers[0]);
      expect(answer).toMatchObject({ status: 400, json: { email: ["This person cannot be acted for."] } });
    }
    expect(await test.database.person.count()).toBe(before);
  });

  it("is refused for other domains, malformed addresses and unknown roles, under the field's name", async () => {
    const refused: [unknown, string][] = [
      [{ email: "a@other.example", role: "member" }, "email"],
      [{ email: "a@sub.example.com", role: "member" }, "email"],
      [{ email: "a", role: "member" }, "email"],
      [{ email: "a@example.com", role: "guest" }, "role"],
      [{ email: "a@example.com" }, "role"],
      [{ email: "a@example.com", role: "member", name: "A" }, "name"],
    ];
    for (const [body, field] of refused) {
      expect(await call("POST", { body })).toMatchObject({ status: 400, json: { [field]: [expect.any(String)] } });
    }
    expect(await rolesNow()).toEqual([`${owner.email} owner`]);
  });

  it("is not for members, and making owners is not for administrators; nobody comes into being by trying", async () => {
    const [helper, member] = [await give("administrator"), await give("member")];
    const email = `never-${room.id}@example.com`;
    const answers = [
      await add(email, "member", await signInAs(member.email)),
      await add(email, "owner", await signInAs(helper.email)),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 403, json: { code: "room_role_insufficient" } });
    }
    expect(await test.database.person.count({ where: { email } })).toBe(0);
    expect((await add(email, "administrator", await signInAs(helper.email))).status).toBe(201);
  });
});

describe("changing and taking away a role", () => {
  it("is answered with the role as it is now, then with nothing, then with 404", async () => {
    const { accessId, email, id: personId } = await give("member");
    expect(await call("PATCH", { accessId, body: { role: "owner" } })).toMatchObject({
      status: 200,
      json: { id: accessId, email, role: "owner" },
    });
    expect(await call("DELETE", { accessId })).toMatchObject({ status: 204, text: "" });
    for (const method of ["PATCH", "DELETE"] as const) {
      const body = method === "PATCH" ? { body: { role: "member" } } : {};
      expect(await call(method, { accessId, ...body })).toMatchObject({
        status: 404,
        json: { code: "access_not_found" },
      });
    }
    expect((await auditEventsAbout(room.id)).map(({ action, changes }) => [action, changes])).toEqual([
      [
        "room.access_changed",
        { personId: { before: personId, after: personId }, role: { before: "member", after: "owner" } },
      ],
      ["room.access_removed", { personId: { before: personId, after: null }, role: { before: "owner", after: null } }],
    ]);
  });

  it("never leaves a room without an owner", async () => {
    const accessId = String(
      (await test.database.roomAccess.findFirstOrThrow({ where: { roomId: room.id }, select: { id: true } })).id,
    );
    await give("administrator");
    for (const answer of [
      await call("DELETE", { accessId }),
      await call("PATCH", { accessId, body: { role: "administrator" } }),
    ]) {
      expect(answer).toMatchObject({ status: 409, json: { code: "last_owner", detail: "A room needs an owner." } });
    }
  });

  it("never leaves a room without an owner when both owners leave at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      room = await createTestRoom(owner.id);
      const other = await give("owner");
      const first = String(
        (
          await test.database.roomAccess.findFirstOrThrow({
            where: { roomId: room.id, personId: owner.id },
            select: { id: true },
          })
        ).id,
      );
      const theirs = await signInAs(other.email);
      const answers = await Promise.all([
        round % 2 === 0
          ? call("DELETE", { accessId: first })
          : call("PATCH", { accessId: first, body: { role: "member" } }),
        call("DELETE", { accessId: other.accessId, token: theirs }),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
      expect(await test.database.roomAccess.count({ where: { roomId: room.id, role: "owner" } })).toBe(1);
    }
  });

  it("of owners is for owners", async () => {
    const [helper, other] = [await give("administrator"), await give("owner")];
    const its = { accessId: other.accessId, token: await signInAs(helper.email) };
    expect((await call("PATCH", { ...its, body: { role: "member" } })).status).toBe(403);
    expect((await call("DELETE", its)).status).toBe(403);
    const promotion = { accessId: helper.accessId, body: { role: "owner" }, token: its.token };
    expect((await call("PATCH", promotion)).status).toBe(403);
  });

  it("of another room, or of a room that is not one's own, is 404", async () => {
    const { accessId } = await give("member");
    const [mine, theirs] = [room, await createTestRoom((await createTestPerson()).id)];
    room = theirs;
    expect(await call("DELETE", { accessId })).toMatchObject({ status: 404, json: { code: "room_not_found" } });
    room = await createTestRoom(owner.id);
    for (const id of [accessId, "nonsense", "%00"]) {
      expect(await call("DELETE", { accessId: id })).toMatchObject({ status: 404, json: { code: "access_not_found" } });
    }
    room = mine;
    expect((await rolesNow()).length).toBe(2);
  });

  it("of somebody of another domain can be ended, but not raised", async () => {
    const { accessId } = await give("member", `other-${room.id}@other.example`);
    expect((await call("PATCH", { accessId, body: { role: "owner" } })).status).toBe(403);
    expect((await call("DELETE", { accessId })).status).toBe(204);
  });
});
