import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as GRANT_COMPATIBLE } from "@/app/external-api/v1.0/rooms/[roomId]/grant-access/route";
import { PATCH as PATCH_COMPATIBLE } from "@/app/external-api/v1.0/rooms/[roomId]/route";
import { POST as POST_COMPATIBLE } from "@/app/external-api/v1.0/rooms/route";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import type { RouteHandler } from "@/lib/http/endpoint";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { POST as POST_ACCESS } from "./[roomId]/accesses/route";
import { PATCH } from "./[roomId]/route";
import { GET, POST } from "./route";

useTestDatabase();
let token: string;
let roomId: string;

beforeAll(async () => {
  setConfig(testConfig());
  const owner = await createTestPerson();
  const client = await createTestClient({ scopes: [...SCOPES] });
  token = await obtainToken(m2mApi(), client, { fields: { scope: owner.email } });
  roomId = (await createTestRoom(owner.id, { createdByApplicationId: client.id })).id;
});
afterAll(() => setConfig(undefined));

function send(handler: RouteHandler, method: "POST" | "PATCH", body: unknown): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  return callExternal(handler, { token, method, params: { roomId }, headers, body: JSON.stringify(body) });
}

/** What looks like no text, or is no text that can be kept. */
const UNSEEN = ["", " ", "\t", "\u00a0", "\u200b", "\u2060\u200d", "\u3164", "\ufeff", "\u0000", "a\u0000", "\ud800"];

const NULL = "This field may not be null.";
const LEVEL = "Must be one of: public, trusted, restricted.";
const MOMENT = expect.stringContaining("Must be an RFC 3339 date and time");
const TEXT = "Must be visible text of 1 to 255 characters without control characters.";
const ADDRESS = "Must be an e-mail address.";

type Row = [field: string, value: unknown, refusal: unknown];

const REFUSED_ANYWHERE: Row[] = [
  ["access_level", null, NULL],
  ...UNSEEN.map((text): Row => ["access_level", text, LEVEL]),
  ["configuration", null, NULL],
  ["configuration", "", "Must be an object."],
  ["configuration", [], "Must be an object."],
  ["configuration", { can_publish_sources: "" }, "Must be a list."],
  ["configuration", { everyone_can_mute: "" }, "Must be true or false."],
  ["configuration", { "": true }, "Extra inputs are not permitted."],
  ["configuration", { "everyone_can_mute\u200b": true }, "Extra inputs are not permitted."],
];

const REFUSED_OURS: Row[] = [
  ...UNSEEN.map((text): Row => ["external_id", text, TEXT]),
  ...UNSEEN.map((text): Row => ["expires_at", text, MOMENT]),
  // What turns the direction of writing around.
  ["external_id", "a\u202eb", TEXT],
  ["external_id", "a\u2067b", TEXT],
  ["attendees", "", "Must be a list."],
  ["attendees", [null], NULL],
  ...UNSEEN.map((text): Row => ["attendees", [text], ADDRESS]),
  ["attendees", ["a\u200bb@example.com"], ADDRESS],
  ["attendees", ["a@exam\u00adple.com"], ADDRESS],
];

const CREATIONS = { ours: POST, "La Suite Meet's": POST_COMPATIBLE };
const CHANGES = { ours: PATCH, "La Suite Meet's": PATCH_COMPATIBLE };

describe.each(["ours", "La Suite Meet's"] as const)("in a body of %s", (dialect) => {
  const rows = dialect === "ours" ? [...REFUSED_ANYWHERE, ...REFUSED_OURS] : REFUSED_ANYWHERE;

  it.each(rows)("%s is refused under its name as %j", async (field, value, refusal) => {
    for (const answer of [
      await send(CREATIONS[dialect], "POST", { [field]: value }),
      await send(CHANGES[dialect], "PATCH", { [field]: value }),
    ]) {
      expect(answer).toMatchObject({ status: 400, json: { [field]: [refusal] } });
    }
  });

  it.each([
    {},
    { configuration: {} },
    { configuration: { can_publish_sources: null, everyone_can_mute: null } },
    { configuration: { can_publish_sources: [] } },
    { external_id: null, expires_at: null, attendees: null },
    { attendees: [] },
  ])("%j is as good as nothing", async (body) => {
    expect((await send(CREATIONS[dialect], "POST", body)).status).toBe(201);
    expect((await send(CHANGES[dialect], "PATCH", body)).status).toBe(200);
  });
});

describe("a new name", () => {
  it.each<[unknown, string]>([[null, NULL], ...UNSEEN.map((text): [string, string] => [text, TEXT])])(
    "is refused as %j",
    async (name, refusal) => {
      expect(await send(PATCH, "PATCH", { name })).toMatchObject({ status: 400, json: { name: [refusal] } });
    },
  );

  it("is not known to La Suite Meet, and ignored", async () => {
    for (const name of [null, ...UNSEEN]) expect((await send(PATCH_COMPATIBLE, "PATCH", { name })).status).toBe(200);
  });
});

describe.each([
  ["ours", POST_ACCESS],
  ["La Suite Meet's", GRANT_COMPATIBLE],
] as const)("the role in a room, %s", (_dialect, handler) => {
  it.each<[unknown, string]>([[null, NULL], ...UNSEEN.map((text): [string, string] => [text, ADDRESS])])(
    "is given to nobody for the address %j",
    async (email, refusal) => {
      const answer = await send(handler, "POST", { email, role: "member" });
      expect(answer).toMatchObject({ status: 400, json: { email: [refusal] } });
    },
  );

  it.each([null, ...UNSEEN])("is none for %j", async (role) => {
    const answer = await send(handler, "POST", { email: "a@example.com", role });
    expect(answer).toMatchObject({ status: 400, json: { role: [expect.any(String)] } });
  });

  it("is given to an address with white space around it", async () => {
    const answer = await send(handler, "POST", { email: " Spaced@example.com\n", role: "member" });
    expect(answer.json).toMatchObject({ email: "spaced@example.com", role: "member" });
  });
});

describe("in a query of ours", () => {
  const filters = ["external_id", "slug", "url", "created_by", "updated_since", "access_level", "include", "limit"];

  it.each(filters)("%s is refused under its name when it is empty or looks so", async (name) => {
    for (const text of UNSEEN) {
      const path = `/api/external/rooms?${new URLSearchParams({ [name]: text })}`;
      // A half of a surrogate pair cannot be written in an address: it arrives as U+FFFD, which is text.
      if (text === "\ud800" && name === "external_id") continue;
      const answer = await callExternal(GET, { token, path });
      expect(answer).toMatchObject({ status: 400, json: { [name]: [expect.any(String)] } });
    }
  });
});
