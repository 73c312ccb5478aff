import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { type HttpAnswer, send } from "../../support/http-client";
import { baseUrl } from "../../support/server";

// What the side service of Twake Calendar asks of La Suite Meet: it changes the host and the credentials, nothing else.

const baseURL = baseUrl();
const API = "/external-api/v1.0";
const MAY = "rooms:create rooms:list rooms:retrieve rooms:update rooms:delete";

type Room = { id: string; slug: string; url: string };
type Page = { count: number; next: string | null; results: Room[] };

const somebody = (name: string) => `${name}-${randomUUID()}@example.com`;

async function tokenOf(email: string): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret } = client("full");
  const answer = await send(baseURL, {
    method: "POST",
    path: `${API}/application/token/`,
    body: JSON.stringify({ client_id, client_secret, grant_type: "client_credentials", scope: email }),
    headers: { "Content-Type": "application/json", Accept: "application/json" },
  });
  const { access_token, ...rest } = answer.json as { access_token: string };
  expect([answer.status, rest]).toEqual([200, { token_type: "Bearer", expires_in: 3600, scope: MAY }]);
  return access_token;
}

function call(token: string, method: string, path: string, body?: unknown): Promise<HttpAnswer> {
  return send(baseURL, {
    method,
    path,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Accept: "application/json" },
  });
}

async function makeRoom(token: string): Promise<Room> {
  // Its client sends the media type of JSON with no body at all.
  const answer = await call(token, "POST", `${API}/rooms/`);
  expect(answer.status).toBe(201);
  return answer.json as Room;
}

async function expectGrant(
  token: string,
  room: Room,
  sent: { email: string; role?: string },
  [status, answer]: [number, object],
): Promise<void> {
  const granted = await call(token, "POST", `${API}/rooms/${room.id}/grant-access/`, sent);
  expect([granted.status, granted.json]).toEqual([status, { email: sent.email, ...answer }]);
}

test.describe("Twake Calendar", () => {
  test("gets a token for the organiser, makes a room and finds it by the slug of its link", async () => {
    const token = await tokenOf(somebody("organiser"));
    const room = await makeRoom(token);
    await makeRoom(token);
    const slug = new URL(room.url).pathname.split("/").at(-1) ?? "";
    expect(slug).toBe(room.slug);
    const found = await call(token, "GET", `${API}/rooms/?slug=${slug}`);
    expect([found.status, found.json]).toEqual([200, { count: 1, next: null, previous: null, results: [room] }]);
    const unknown = await call(token, "GET", `${API}/rooms/?slug=${slug.slice(0, -1)}`);
    expect([unknown.status, (unknown.json as Page).count]).toEqual([200, 0]);
  });

  test("follows next until every room was seen once", async () => {
    const token = await tokenOf(somebody("organiser"));
    const made: string[] = [];
    for (let index = 0; index < 21; index += 1) made.push((await makeRoom(token)).id);
    const seen: string[] = [];
    for (let next: string | null = `${baseURL}${API}/rooms/`; next !== null; ) {
      const { pathname, search }: URL = new URL(next);
      const page = (await call(token, "GET", `${pathname}${search}`)).json as Page;
      expect(page.count).toBe(made.length);
      seen.push(...page.results.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toHaveLength(made.length);
    expect([...seen].sort()).toEqual([...made].sort());
  });

  test("makes delegates administrators and members, a second time as well", async () => {
    const token = await tokenOf(somebody("organiser"));
    const room = await makeRoom(token);
    for (const role of ["administrator", "member"]) {
      const email = somebody(role);
      // Somebody who has used the product before.
      await tokenOf(email);
      await expectGrant(token, room, { email, role }, [201, { role, created: true, provisional_user_created: false }]);
      await expectGrant(token, room, { email, role }, [200, { role, created: false, provisional_user_created: false }]);
      const seen = await call(await tokenOf(email), "GET", `${API}/rooms/${room.id}/`);
      expect([seen.status, seen.json]).toEqual([200, room]);
    }
  });

  test("makes a stranger a delegate without saying the role, who then may change the room", async () => {
    const token = await tokenOf(somebody("organiser"));
    const room = await makeRoom(token);
    const email = somebody("stranger");
    const answer = { role: "administrator", created: true, provisional_user_created: true };
    await expectGrant(token, room, { email }, [201, answer]);
    const change = { access_level: "restricted", configuration: { everyone_can_mute: false } };
    const changed = await call(await tokenOf(email), "PATCH", `${API}/rooms/${room.id}/`, change);
    expect([changed.status, changed.json]).toEqual([200, { ...room, ...change }]);
  });

  test("cannot demote the owner of a room, nor make another one", async () => {
    const owner = somebody("organiser");
    const token = await tokenOf(owner);
    const room = await makeRoom(token);
    for (const role of ["administrator", "member"]) {
      const answer = { role: "owner", created: false, provisional_user_created: false };
      await expectGrant(token, room, { email: owner, role }, [200, answer]);
    }
    const path = `${API}/rooms/${room.id}/grant-access/`;
    const refused = await call(token, "POST", path, { email: somebody("other"), role: "owner" });
    expect([refused.status, Object.keys(refused.json as object)]).toEqual([400, ["role"]]);
    expect((await call(token, "DELETE", `${API}/rooms/${room.id}/`)).status).toBe(204);
  });

  test("is told who may not grant, and that PUT does not exist", async () => {
    const room = await makeRoom(await tokenOf(somebody("organiser")));
    const path = `${API}/rooms/${room.id}/grant-access/`;
    const stranger = await tokenOf(somebody("stranger"));
    const refused = await call(stranger, "POST", path, { email: somebody("guest") });
    expect([refused.status, refused.json]).toEqual([404, { detail: "No Room matches the given query." }]);
    const put = await call(stranger, "PUT", path, {});
    expect([put.status, put.headers.allow]).toEqual([405, "POST, OPTIONS"]);
    expect((await call(stranger, "PUT", `${API}/rooms/${room.id}/`, {})).status).toBe(405);
  });
});
