import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Config, setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { POST } from "./route";

const test = useTestDatabase();
let client: TestClient;
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(async () => {
  await configure();
});

afterEach(() => setConfig(undefined));

async function configure(overrides: Partial<Config> = {}): Promise<void> {
  setConfig(testConfig(overrides));
  token = await obtainToken(m2mApi(), client);
}

function create(
  body?: unknown,
  headers: Record<string, string> = { "Content-Type": "application/json" },
): Promise<Answer> {
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  return callExternal(POST, { token, method: "POST", body: text ?? null, headers: text === undefined ? {} : headers });
}

const SLUG = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;

describe("a new room", () => {
  // Conformance: H07
  it("has exactly the keys that clients know, a Location, and the defaults for an empty body", async () => {
    const answer = await create();
    const id = String(memberOf(answer.json, "id"));
    const slug = String(memberOf(answer.json, "slug"));
    expect(slug).toMatch(SLUG);
    expect(answer).toEqual({
      status: 201,
      json: {
        id,
        name: slug,
        slug,
        access_level: "trusted",
        configuration: {},
        url: `http://localhost:3000/r/${slug}`,
      },
      text: expect.any(String),
      headers: {
        "cache-control": "no-store",
        "content-type": "application/json",
        etag: expect.stringMatching(/^"1-[\w-]{16}"$/),
        location: `/api/external/rooms/${id}`,
        "x-content-type-options": "nosniff",
      },
    });
  });

  it("belongs to the person, is attributed to the application, and leaves one audit event", async () => {
    const answer = await create({ access_level: "restricted" });
    const id = String(memberOf(answer.json, "id"));
    const room = await test.database.room.findUniqueOrThrow({
      where: { id },
      include: { accesses: { include: { person: { select: { email: true } } } } },
    });
    expect(room.createdByApplicationId).toBe(client.id);
    expect(room.accesses.map(({ role, person }) => [role, person.email])).toEqual([["owner", "alice@example.com"]]);
    expect(await auditEventsAbout(id)).toEqual([
      {
        actorKind: "application",
        actorId: client.id,
        action: "room.created",
        targetKind: "room",
        ip: "192.0.2.7",
        requestId: expect.any(String),
        changes: {
          slug: { before: null, after: room.slug },
          name: { before: null, after: room.slug },
          accessLevel: { before: null, after: "restricted" },
        },
      },
    ]);
  });

  it("ignores id, name and slug of the client, and anything else it does not know", async () => {
    const id = "0193575a-0000-7000-8000-000000000001";
    const answer = await create({
      id,
      name: "Mine",
      slug: "mine",
      owner: "eve",
      pin_code: "1",
      constructor: 1,
      toString: 1,
    });
    expect(answer.status).toBe(201);
    expect(memberOf(answer.json, "id")).not.toBe(id);
    expect(memberOf(answer.json, "name")).toMatch(SLUG);
    expect(memberOf(answer.json, "slug")).toMatch(SLUG);
  });

  it("is not impressed by members that mean something to JavaScript", async () => {
    const answer = await create('{"__proto__":{"access_level":"public"},"constructor":{"prototype":{"x":1}}}');
    expect([answer.status, memberOf(answer.json, "access_level")]).toEqual([201, "trusted"]);
    const nested = await create('{"configuration":{"__proto__":{"everyone_can_mute":true}}}');
    expect(nested.status).toBe(400);
    expect(Reflect.has({}, "x")).toBe(false);
  });

  it("keeps its configuration, with null members left out", async () => {
    const sources = ["microphone", "camera", "camera"];
    const answer = await create({ configuration: { can_publish_sources: sources, everyone_can_mute: false } });
    const expected = { can_publish_sources: ["camera", "microphone"], everyone_can_mute: false };
    expect(memberOf(answer.json, "configuration")).toEqual(expected);
    const nulls = await create({ configuration: { can_publish_sources: null, everyone_can_mute: null } });
    expect(memberOf(nulls.json, "configuration")).toEqual({});
  });

  it("opens in the meeting front end when there is one", async () => {
    await configure({ roomBaseUrl: "https://meet.example" });
    const answer = await create();
    expect(memberOf(answer.json, "url")).toBe(`https://meet.example/${String(memberOf(answer.json, "slug"))}`);
  });

  it("has a telephone number and a PIN of its own when telephony is on, and no PIN at the top", async () => {
    await configure({ telephony: { enabled: true, phoneNumber: "+33123456789", pinLength: 10, defaultCountry: "FR" } });
    const answer = await create();
    expect(memberOf(answer.json, "telephony")).toEqual({
      enabled: true,
      phone_number: "+33123456789",
      pin_code: expect.stringMatching(/^\d{10}$/),
      default_country: "FR",
    });
    expect(answer.json).not.toHaveProperty("pin_code");
  });
});

describe("a public room", () => {
  const externalApi = testConfig().externalApi;

  it("is refused unless it is allowed", async () => {
    const sentence = "Public rooms are disabled for the external API.";
    const answer = await create({ access_level: "public" });
    expect(answer).toMatchObject({ status: 400, headers: { "content-type": "application/problem+json" } });
    expect(answer.json).toEqual({
      access_level: [sentence],
      type: errorUri("invalid"),
      title: "Bad Request",
      status: 400,
      detail: `access_level: ${sentence}`,
      code: "invalid",
    });
  });

  it.each([
    ["allowed", { ...externalApi, allowPublicAccess: true }],
    ["the default anyway", { ...externalApi, defaultAccessLevel: "public" as const }],
  ])("is made when it is %s", async (_title, setting) => {
    await configure({ externalApi: setting });
    const answer = await create({ access_level: "public" });
    expect([answer.status, memberOf(answer.json, "access_level")]).toEqual([201, "public"]);
  });
});

describe("a body that is refused", () => {
  const oneOf = "Must be one of: public, trusted, restricted.";
  const eachOneOf = "Each must be one of: camera, microphone, screen_share, screen_share_audio.";
  const invalid: [string, unknown, Record<string, string[]>][] = [
    ["an unknown access level", { access_level: "secret" }, { access_level: [oneOf] }],
    ["null as access level", { access_level: null }, { access_level: ["This field may not be null."] }],
    ["a number as access level", { access_level: 1 }, { access_level: [oneOf] }],
    ["null as configuration", { configuration: null }, { configuration: ["This field may not be null."] }],
    ["a list as configuration", { configuration: [] }, { configuration: ["Must be an object."] }],
    ["an unknown key", { configuration: { x: 1 } }, { configuration: ["Extra inputs are not permitted."] }],
    [
      "an unknown source",
      { configuration: { can_publish_sources: ["camera", "telescope"] } },
      { configuration: [eachOneOf] },
    ],
    [
      "sources that are no list",
      { configuration: { can_publish_sources: "camera" } },
      { configuration: ["Must be a list."] },
    ],
    [
      "text for a boolean",
      { configuration: { everyone_can_mute: "true" } },
      { configuration: ["Must be true or false."] },
    ],
    [
      "two wrong fields",
      { access_level: "x", configuration: { x: 1 } },
      { access_level: [oneOf], configuration: ["Extra inputs are not permitted."] },
    ],
  ];

  it.each(invalid)("%s", async (_title, body, fields) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      ...fields,
      type: errorUri("invalid"),
      title: "Bad Request",
      status: 400,
      code: "invalid",
      detail: Object.entries(fields)
        .map(([field, sentences]) => `${field}: ${sentences.join(" ")}`)
        .join(" "),
    });
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["text", '"x"'],
    ["a member twice", '{"access_level":"trusted","access_level":"public"}'],
  ])("%s", async (_title, body) => {
    expect(await create(body)).toMatchObject({ status: 400, json: { code: "json_malformed" } });
  });

  // Conformance: H04
  it("another media type, with the one that is read", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"]) {
      const answer = await create("{}", { "Content-Type": type });
      expect([answer.status, answer.headers["accept-post"]]).toEqual([415, "application/json"]);
    }
  });

  it("makes no room and no audit event", async () => {
    const before = [await test.database.room.count(), await test.database.roomAccess.count()];
    await create({ access_level: "secret" });
    expect([await test.database.room.count(), await test.database.roomAccess.count()]).toEqual(before);
  });
});
