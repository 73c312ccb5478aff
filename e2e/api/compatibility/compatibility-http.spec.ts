import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { callApi, obtainToken, ROOMS_PATH } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();
const PATH = "/external-api/v1.0/rooms/";

type Room = { id: string };
const somebody = () => `compatible-http-${randomUUID()}@example.com`;
const tokenFor = (email = somebody(), scope = "") =>
  obtainToken(baseURL, client("full"), scope === "" ? email : `${email} ${scope}`);

function call(
  token: string,
  method: string,
  path = PATH,
  { body, headers = {} }: { body?: object | string; headers?: Record<string, string> } = {},
) {
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  return callApi(baseURL, token, { method, path, ...sent, headers: { ...type, ...headers } });
}

async function makeRoom(token: string): Promise<{ id: string; path: string }> {
  const { id } = (await call(token, "POST")).json as Room;
  return { id, path: `${PATH}${id}/` };
}

test.describe("HTTP at the paths of La Suite Meet", () => {
  test("has the methods that OPTIONS tells, and headers without a body for HEAD", async () => {
    const token = await tokenFor();
    const { path } = await makeRoom(token);
    expect((await call(token, "OPTIONS")).headers.allow).toBe("GET, HEAD, POST, OPTIONS");
    expect((await call(token, "OPTIONS", path)).headers.allow).toBe("GET, HEAD, PATCH, DELETE, OPTIONS");
    for (const where of [PATH, path]) {
      const head = await call(token, "HEAD", where);
      expect([head.status, head.text, head.headers["content-type"]]).toEqual([200, "", "application/json"]);
    }
  });

  test("spares a reader the bytes it has, and a writer the change that somebody else was faster with", async () => {
    const token = await tokenFor();
    const { path } = await makeRoom(token);
    const etag = String((await call(token, "GET", path)).headers.etag);
    const known = await call(token, "GET", path, { headers: { "If-None-Match": etag } });
    expect([known.status, known.text]).toEqual([304, ""]);
    const body = { access_level: "restricted" };
    const headers = { "If-Match": etag };
    expect((await call(token, "PATCH", path, { body, headers })).status).toBe(200);
    const late = await call(token, "PATCH", path, { body: { access_level: "trusted" }, headers });
    expect([late.status, late.json]).toEqual([412, { detail: "The room has changed since. Read it again." }]);
  });

  test("refuses more than 64 KiB, a body that is no JSON and one that is no object", async () => {
    const token = await tokenFor();
    expect((await call(token, "POST", PATH, { body: { more: "x".repeat(70_000) } })).status).toBe(413);
    for (const body of ["{", "[]", "null", '"text"']) {
      const answer = await call(token, "POST", PATH, { body });
      expect([body, answer.status, answer.headers["content-type"]]).toEqual([body, 400, "application/json"]);
    }
  });

  test("has nothing below a room, and no redirect to elsewhere", async () => {
    const token = await tokenFor();
    const { id, path } = await makeRoom(token);
    for (const where of [
      `${path}accesses/`,
      `${path}x/`,
      "/external-api/v1.0/me/",
      `/external-api/v2.0/rooms/${id}/`,
    ]) {
      const answer = await call(token, "GET", where);
      expect([where, answer.status, answer.headers.location]).toEqual([where, 404, undefined]);
      expect(answer.json).toEqual({ detail: "Not found." });
    }
  });

  test("lets read with any role, change with the role of an administrator, and delete with that of an owner", async () => {
    const owner = await tokenFor();
    const { id, path } = await makeRoom(owner);
    const join = async (role: string) => {
      const email = somebody();
      const body = { email, role };
      expect((await call(owner, "POST", `${ROOMS_PATH}/${id}/accesses`, { body })).status).toBe(201);
      return tokenFor(email);
    };
    const [member, administrator] = [await join("member"), await join("administrator")];
    const body = { access_level: "restricted" };
    const statuses = async (token: string) => [
      (await call(token, "GET", path)).status,
      (await call(token, "PATCH", path, { body })).status,
      (await call(token, "DELETE", path)).status,
    ];
    expect(await statuses(member)).toEqual([200, 403, 403]);
    expect(await statuses(administrator)).toEqual([200, 200, 403]);
    const refused = await call(member, "DELETE", path);
    expect(refused.json).toEqual({ detail: "This person's role in the room does not allow this." });
    expect(await statuses(owner)).toEqual([200, 200, 204]);
  });

  for (const [method, missing, held] of [
    ["GET", "rooms:list", "rooms:create"],
    ["POST", "rooms:create", "rooms:list"],
  ] as const) {
    test(`names ${missing} to a token that has another scope alone`, async () => {
      const answer = await call(await tokenFor(somebody(), held), method);
      const detail = `Insufficient permissions. Required scope: ${missing}`;
      expect([answer.status, answer.json]).toEqual([403, { detail }]);
    });
  }

  test("makes one room of a repeated request with one key", async () => {
    const token = await tokenFor();
    const headers = { "Idempotency-Key": `"${randomUUID()}"` };
    const [first, second] = [
      await call(token, "POST", PATH, { headers }),
      await call(token, "POST", PATH, { headers }),
    ];
    expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
    expect((await call(token, "GET")).json).toMatchObject({ count: 1 });
  });
});
