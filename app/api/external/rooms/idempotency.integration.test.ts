// Runs on both databases: rows that one call locks and another waits for.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { POST } from "./route";

const test = useTestDatabase();
let client: TestClient;
let token: string;
let email: string;
let keys = 0;
let key: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(async () => {
  ({ email } = await createTestPerson());
  token = await signInAs(email);
  key = `"key-${++keys}"`;
});

afterAll(() => setConfig(undefined));

function signInAs(address: string, as = client): Promise<string> {
  return obtainToken(m2mApi(), as, { fields: { scope: address } });
}

type Call = { body?: string; key?: string; token?: string; path?: string };

function create({ body = "{}", key: given = key, ...rest }: Call = {}): Promise<Answer> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": given };
  return callExternal(POST, { token, method: "POST", body, headers, ...rest });
}

const idOf = (answer: Answer) => memberOf(answer.json, "id");
const roomsOf = (address: string) =>
  test.database.room.count({ where: { accesses: { some: { person: { email: address } } } } });

describe("a creation with Idempotency-Key", () => {
  // Conformance: K01
  it("that is sent again gets the first answer to the byte, and there is one room", async () => {
    const body = '{"access_level":"restricted","configuration":{"everyone_can_mute":true}}';
    const [first, second] = [await create({ body }), await create({ body })];
    expect(first.status).toBe(201);
    expect(second).toEqual({ ...first, headers: { ...first.headers, "idempotency-replayed": "true" } });
    expect(await roomsOf(email)).toBe(1);
  });

  it("is the same request when its members come in another order", async () => {
    const first = await create({ body: '{"access_level":"trusted","configuration":{}}' });
    const second = await create({ body: '{"configuration":{},"access_level":"trusted"}' });
    expect(idOf(second)).toBe(idOf(first));
  });

  it("is the same request when it says the same otherwise: what is ignored, and how a moment is written", async () => {
    const first = await create({ body: '{"expires_at":"2100-01-01T00:00:00Z"}' });
    const second = await create({ body: '{"expires_at":"2100-01-01T01:00:00+01:00","title":"ignored"}' });
    expect([first.status, second.text]).toEqual([201, first.text]);
  });

  it("is refused like any other when its body is nested too deep, and may be corrected", async () => {
    const body = `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    expect(await create({ body })).toMatchObject({ status: 400, json: { code: "json_malformed" } });
    expect((await create()).status).toBe(201);
  });

  // Conformance: K02
  it("that comes with another body or another query is refused with 422", async () => {
    await create();
    const others = [
      await create({ body: '{"access_level":"restricted"}' }),
      await create({ path: "/api/external/rooms?include=details" }),
    ];
    for (const answer of others) {
      expect(answer).toMatchObject({
        status: 422,
        headers: { "content-type": "application/problem+json" },
        json: { title: "Unprocessable Content", status: 422, code: "idempotency_key_reused" },
      });
    }
    expect(await roomsOf(email)).toBe(1);
  });

  // Conformance: K03
  it("makes one room however many come at once, and tells those that come too early", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create()));
    const made = answers.filter(({ status }) => status === 201);
    const early = answers.filter(({ status }) => status === 409);
    // Whoever comes after the first has ended gets its answer.
    expect(made.length).toBeGreaterThan(0);
    expect(made.length + early.length).toBe(6);
    expect(new Set(made.map(idOf)).size).toBe(1);
    for (const answer of early) {
      expect(answer).toMatchObject({ headers: { "retry-after": "1" }, json: { code: "idempotency_key_in_use" } });
    }
    expect(idOf(await create())).toBe(idOf(made[0] as Answer));
    expect(await roomsOf(email)).toBe(1);
  });

  it("can be corrected and sent again with its key after it was refused", async () => {
    expect((await create({ body: '{"access_level":"public"}' })).status).toBe(400);
    expect((await create({ body: '{"access_level":"trusted"}' })).status).toBe(201);
  });

  // Conformance: K04
  it.each([
    '"unclosed',
    'in"side',
    '"a" "b"',
    '"a", "b"',
    "a, b",
    "",
    '""',
    "a b",
    '"é"',
    `"${"x".repeat(256)}"`,
    ':YQ==:"',
  ])("is refused when the key is %j", async (malformed) => {
    const answer = await create({ key: malformed });
    expect(answer).toMatchObject({ status: 400, json: { code: "idempotency_key_malformed" } });
    expect(await roomsOf(email)).toBe(0);
  });

  // Conformance: K04
  it("may have a bare word as its key, which is the same word in quotes", async () => {
    const word = `0193575a-0000-7000-8000-00000000${1000 + keys}`;
    const [bare, quoted] = [await create({ key: word }), await create({ key: `"${word}"` })];
    expect([bare.status, idOf(quoted)]).toEqual([201, idOf(bare)]);
  });

  // Conformance: K05
  it("has nothing to do with the same key of others", async () => {
    const other = await createTestPerson();
    const answers = [
      await create(),
      await create({ token: await signInAs(other.email) }),
      await create({ token: await signInAs(email, await createTestClient()) }),
      await create({ path: "/api/external/rooms/" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(idOf)).size).toBe(4);
  });

  // Conformance: K06
  it("is answered again only to who may still make it", async () => {
    const own = await createTestClient();
    const its = { token: await signInAs(email, own) };
    const first = await create(its);
    expect(first.status).toBe(201);
    const { database } = test;
    await database.application.update({
      where: { id: own.id },
      data: { scopes: ["rooms:list"] },
      select: { id: true },
    });
    const withoutScope = await create(its);
    await database.application.update({ where: { id: own.id }, data: { isActive: false }, select: { id: true } });
    const switchedOff = await create(its);
    expect([withoutScope.status, switchedOff.status]).toEqual([403, 401]);
    for (const answer of [withoutScope, switchedOff]) expect(answer.text).not.toContain(String(idOf(first)));
  });
});
