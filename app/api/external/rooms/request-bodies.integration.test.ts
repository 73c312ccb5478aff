import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as GRANT_COMPATIBLE } from "@/app/external-api/v1.0/rooms/[roomId]/grant-access/route";
import { PATCH as PATCH_COMPATIBLE } from "@/app/external-api/v1.0/rooms/[roomId]/route";
import { POST as POST_COMPATIBLE } from "@/app/external-api/v1.0/rooms/route";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import type { RouteHandler } from "@/lib/http/endpoint";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { PATCH as PATCH_ACCESS } from "./[roomId]/accesses/[accessId]/route";
import { POST as POST_ACCESS } from "./[roomId]/accesses/route";
import { PATCH } from "./[roomId]/route";
import { POST } from "./route";

const test = useTestDatabase();

type Route = {
  title: string;
  handler: RouteHandler;
  method: "POST" | "PATCH";
  /** What it answers to the empty object. */
  empty: number;
};

/** Every route that takes a body, in both response formats. */
const ROUTES: Route[] = [
  { title: "the creation of a room", handler: POST, method: "POST", empty: 201 },
  { title: "the creation of a room, as La Suite Meet", handler: POST_COMPATIBLE, method: "POST", empty: 201 },
  { title: "the change of a room", handler: PATCH, method: "PATCH", empty: 200 },
  { title: "the change of a room, as La Suite Meet", handler: PATCH_COMPATIBLE, method: "PATCH", empty: 200 },
  { title: "the creation of a role", handler: POST_ACCESS, method: "POST", empty: 400 },
  { title: "the grant of a role, as La Suite Meet", handler: GRANT_COMPATIBLE, method: "POST", empty: 400 },
  { title: "the change of a role", handler: PATCH_ACCESS, method: "PATCH", empty: 400 },
];

let token: string;
let params: Record<string, string>;

beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

beforeEach(async () => {
  const owner = await createTestPerson();
  const client = await createTestClient({ scopes: [...SCOPES] });
  token = await obtainToken(m2mApi(), client, { fields: { scope: owner.email } });
  const room = await createTestRoom(owner.id);
  const { id: accessId } = await test.database.roomAccess.findFirstOrThrow({ where: { roomId: room.id } });
  params = { roomId: room.id, accessId };
});

function send({ handler, method }: Route, body: BodyInit | null, headers: Record<string, string>) {
  return callExternal(handler, { token, method, params, body, headers });
}

describe.each(ROUTES)("$title", (route) => {
  it.each([
    { "Content-Type": "application/x-www-form-urlencoded" },
    { "Content-Type": "text/plain;charset=iso-8859-1" },
    { "Content-Type": "multipart/form-data; boundary=x" },
    { "Content-Type": "" },
    { "Content-Type": "application/json", "Content-Encoding": "gzip" },
  ])("takes no body for the empty object, whatever %j says about it", async (headers) => {
    for (const body of [null, ""]) expect((await send(route, body, headers)).status).toBe(route.empty);
  });

  it("refuses a body of another media type", async () => {
    expect((await send(route, "{}", { "Content-Type": "text/plain" })).status).toBe(415);
  });

  it("reads JSON in every legal spelling of its media type, and behind a byte order mark", async () => {
    for (const type of ['application/json; x="a;b"', "APPLICATION/JSON;CHARSET=UTF8", "application/json;"]) {
      const headers = { "Content-Type": type, "Content-Encoding": "identity" };
      expect((await send(route, "\ufeff{}", headers)).status).toBe(route.empty);
    }
  });

  it("refuses a body that is nested 5000 deep, with and without Idempotency-Key", async () => {
    const deep = `{"configuration":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`;
    for (const more of [{}, { "Idempotency-Key": '"deep"' }]) {
      const answer = await send(route, deep, { "Content-Type": "application/json", ...more });
      expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining("one JSON object") } });
    }
  });
});
