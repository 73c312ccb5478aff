// Runs on both databases: people are made before the transaction that makes the room.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { POST } from "./route";

const test = useTestDatabase();
let client: TestClient;
let owner: { id: string; email: string };
let token: string;
let known: { id: string; email: string };

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient({ scopes: [...SCOPES], domains: ["example.com"] });
});

beforeEach(async () => {
  owner = await createTestPerson();
  known = await createTestPerson();
  token = await obtainToken(m2mApi(), client, { fields: { scope: owner.email } });
});

afterAll(() => setConfig(undefined));

function create(accesses: unknown, { key, more = {} }: { key?: string; more?: object } = {}) {
  const headers = { "Content-Type": "application/json", ...(key === undefined ? {} : { "Idempotency-Key": key }) };
  return callExternal(POST, { token, method: "POST", body: JSON.stringify({ accesses, ...more }), headers });
}

async function rolesIn(roomId: unknown): Promise<string[]> {
  const accesses = await test.database.roomAccess.findMany({
    where: { roomId: String(roomId) },
    select: { role: true, person: { select: { email: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return accesses.map(({ role, person }) => `${role} ${person.email}`);
}

const counts = async () => [await test.database.person.count(), await test.database.room.count()];

describe("a room that is made with people who have a role in it", () => {
  it("has its owner and them, in their order, and an audit event for each", async () => {
    const stranger = `new-${known.id}@example.com`;
    const { status, json } = await create([{ email: known.email, role: "member" }, { email: stranger }]);
    expect(status).toBe(201);
    const id = String(memberOf(json, "id"));
    expect(await rolesIn(id)).toEqual([`owner ${owner.email}`, `member ${known.email}`, `administrator ${stranger}`]);
    const made = await test.database.person.findUniqueOrThrow({ where: { email: stranger }, select: { id: true } });
    const events = (await auditEventsAbout(id)).map(({ action, changes }) => ({ action, changes }));
    expect(events).toHaveLength(3);
    expect(events).toEqual(
      expect.arrayContaining([
        {
          action: "room.access_added",
          changes: { personId: { before: null, after: known.id }, role: { before: null, after: "member" } },
        },
        {
          action: "room.access_added",
          changes: { personId: { before: null, after: made.id }, role: { before: null, after: "administrator" } },
        },
      ]),
    );
  });

  it("leaves its owner an owner, whichever role is asked for", async () => {
    const { status, json } = await create([{ email: owner.email, role: "member" }]);
    expect(status).toBe(201);
    expect(await rolesIn(memberOf(json, "id"))).toEqual([`owner ${owner.email}`]);
  });

  it.each([null, []])("has its owner alone with %j", async (accesses) => {
    const { status, json } = await create(accesses);
    expect(status).toBe(201);
    expect(await rolesIn(memberOf(json, "id"))).toEqual([`owner ${owner.email}`]);
  });

  it("is returned as it is when its external_id is known", async () => {
    const more = { external_id: "event-1" };
    const first = await create([{ email: known.email }], { more });
    const second = await create([{ email: known.email, role: "owner" }], { more });
    expect(second.status).toBe(200);
    expect(await rolesIn(memberOf(first.json, "id"))).toEqual([`owner ${owner.email}`, `administrator ${known.email}`]);
  });

  it("is replayed to who sends the request again, even if somebody in it can no longer be acted for", async () => {
    const [accesses, key] = [[{ email: known.email }], `"accesses-${known.id}"`];
    const first = await create(accesses, { key });
    expect(first.status).toBe(201);
    await test.database.person.update({ where: { id: known.id }, data: { isActive: false }, select: { id: true } });
    const again = await create(accesses, { key });
    expect(again.status).toBe(201);
    expect(again.json).toEqual(first.json);
  });
});

describe("nobody and nothing comes into being for", () => {
  it.each<[string, (emails: { known: string; fresh: string }) => unknown, string]>([
    [
      "somebody of another domain",
      ({ fresh }) => [{ email: fresh }, { email: "ana@elsewhere.example" }],
      "This application is not authorized for this email domain.",
    ],
    [
      "the same address twice",
      ({ fresh }) => [{ email: fresh }, { email: fresh.toUpperCase() }],
      "Must name everybody once.",
    ],
    [
      "an unknown role",
      ({ fresh }) => [{ email: fresh, role: "host" }],
      "Must be one of: owner, administrator, member.",
    ],
    ["what is no address", () => [{ email: "ana" }], "Must be an e-mail address."],
    ["a misspelt member", ({ fresh }) => [{ email: fresh, rôle: "member" }], 'Unrecognized key: "rôle"'],
    ["what is no list", ({ fresh }) => ({ email: fresh }), "Must be a list."],
    [
      "more than 50 people",
      () => Array.from({ length: 51 }, (_, index) => ({ email: `p${index}@example.com` })),
      "Must hold at most 50 people.",
    ],
  ])("%s", async (_what, list, sentence) => {
    const before = await counts();
    const { status, json } = await create(list({ known: known.email, fresh: `fresh-${known.id}@example.com` }));
    expect(status).toBe(400);
    expect(memberOf(json, "accesses")).toEqual([sentence]);
    expect(await counts()).toEqual(before);
  });

  it("somebody who cannot be acted for", async () => {
    await test.database.person.update({ where: { id: known.id }, data: { isActive: false }, select: { id: true } });
    const before = await counts();
    const { status, json } = await create([{ email: known.email }, { email: `fresh-${known.id}@example.com` }]);
    expect(status).toBe(400);
    expect(memberOf(json, "accesses")).toHaveLength(1);
    expect(await counts()).toEqual(before);
  });
});
