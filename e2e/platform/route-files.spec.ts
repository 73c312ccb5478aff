import { cpSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { type HttpAnswer, type HttpRequest, send } from "../support/http-client";
import { basic, type Credentials, obtainToken } from "../support/oauth-requests";
import { openOwnPortal, stopOwnServer } from "../support/own-portal";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory, makeDataDirectory } from "../support/server";

test.describe.configure({ mode: "serial" });

/** What both say they are, so that the addresses in their answers are the same. */
const PUBLIC_URL = "http://localhost:3000";
const ALICE = "alice@example.com";
const ROOM = "0193575a-0000-7000-8000-00000000dead";
const PATHS = [
  "/.well-known/oauth-authorization-server",
  "/.well-known/oauth-protected-resource/api/external/rooms",
  "/api/oauth/jwks",
  "/api/oauth/token",
  "/api/oauth/revoke",
  "/api/oauth/introspect",
  "/api/openapi.json",
  "/api/external/me",
  "/api/external/rooms",
  `/api/external/rooms/${ROOM}`,
  `/api/external/rooms/${ROOM}/accesses`,
  `/api/external/rooms/${ROOM}/accesses/${ROOM}`,
  "/external-api/v1.0/application/token/",
  "/external-api/v1.0/rooms/",
  `/external-api/v1.0/rooms/${ROOM}/`,
  `/external-api/v1.0/rooms/${ROOM}/grant-access/`,
  "/api/health/live",
  "/api/health/ready",
  "/api/metrics",
  "/api/oauth/nothing",
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** One answers its endpoints itself; the other leaves them to the route files, as Next would serve them. */
let servers: [OwnServer, OwnServer];
let credentials: Credentials;
let tokens: string[];

test.beforeAll(async ({ browser }) => {
  const data = copyDataDirectory("route-files");
  const { server, page } = await openOwnPortal(browser, "route-files-portal", { DATA_DIR: data });
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({
    name: "Calendar",
    scopes: ["rooms:list", "rooms:create", "rooms:retrieve"],
    domains: ["example.com"],
  });
  credentials = await form.createAndReadCredentials();
  await page.close();
  await stopOwnServer(server);
  const copy = makeDataDirectory("route-files-copy");
  cpSync(data, copy, { recursive: true });
  const environment = { PUBLIC_URL, TOKEN_REQUESTS_PER_MINUTE: "1000", EXTERNAL_API_REQUESTS_PER_MINUTE: "1000" };
  servers = await Promise.all([
    startOwnServer({ DATA_DIR: data, ...environment }),
    startOwnServer({ DATA_DIR: copy, ...environment }, ["--route-files"]),
  ]);
  await Promise.all(servers.map(({ ready }) => ready));
  tokens = await Promise.all(servers.map(({ baseUrl }) => obtainToken(baseUrl, credentials, ALICE)));
});

test.afterAll(() => Promise.all(servers.map(stopOwnServer)));

/**
 * What must be the same: all but what differs from call to call, how the end of the body is told, and what Next says of
 * the requests that it makes of pages.
 */
function comparable({ status, headers, text }: HttpAnswer) {
  const framing = /^(?:date|x-request-id|connection|keep-alive|transfer-encoding|content-length|ratelimit|vary)$/;
  const random =
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]{3}-[a-z]{4}-[a-z]{3}|eyJ[\w.-]+|"\d+-[\w-]{16}"|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  const mask = (value: string) => value.replaceAll(random, "*");
  const fields = Object.entries(headers).filter(([name]) => !framing.test(name));
  return {
    status,
    headers: Object.fromEntries(fields.map(([name, value]) => [name, mask(String(value))])),
    text: mask(text),
  };
}

async function expectSame(make: (token: string) => HttpRequest): Promise<HttpAnswer> {
  const [own, files] = await Promise.all(servers.map(({ baseUrl }, index) => send(baseUrl, make(tokens[index] ?? ""))));
  if (own === undefined || files === undefined) throw new Error("There are two servers.");
  expect(comparable(own)).toEqual(comparable(files));
  return own;
}

test("every address answers every method as its route file does, to strangers and to a token", async () => {
  for (const path of PATHS) {
    for (const method of METHODS) {
      await test.step(`${method} ${path}`, async () => {
        await expectSame(() => ({ method, path }));
        await expectSame((token) => ({ method, path, headers: { Authorization: `Bearer ${token}` } }));
      });
    }
  }
});

const JSON_TYPE = { "Content-Type": "application/json" };
const FORM_TYPE = { "Content-Type": "application/x-www-form-urlencoded" };
const good = "grant_type=client_credentials&scope=alice%40example.com";

const tokenRequests: [string, Omit<HttpRequest, "path">, number][] = [
  ["a form", { headers: FORM_TYPE, body: good }, 200],
  ["JSON", { headers: JSON_TYPE, body: JSON.stringify({ grant_type: "client_credentials", scope: ALICE }) }, 200],
  ["nothing", {}, 415],
  ["another type", { headers: { "Content-Type": "text/plain" }, body: good }, 415],
  ["another charset", { headers: { "Content-Type": `${FORM_TYPE["Content-Type"]};charset=latin1` }, body: good }, 415],
  ["what is no form", { headers: FORM_TYPE, body: "a=%zz" }, 400],
  ["bytes that are no UTF-8", { headers: JSON_TYPE, body: Buffer.from([0x7b, 0xff, 0x7d]) }, 400],
  ["a body that is as large as allowed", { headers: FORM_TYPE, body: `${good}&x=`.padEnd(16_384, "x") }, 200],
  ["a person of another domain", { headers: FORM_TYPE, body: good.replace("example.com", "example.org") }, 400],
];
for (const [what, request, status] of tokenRequests) {
  test(`a token request is answered as by the route file: ${what}`, async () => {
    const Authorization = basic(credentials);
    const path = "/api/oauth/token";
    const answer = await expectSame(() => ({
      method: "POST",
      ...request,
      path,
      headers: { Authorization, ...request.headers },
    }));
    expect(answer.status).toBe(status);
  });
}

const calls: [string, HttpRequest, number][] = [
  ["a room is made", { method: "POST", path: "/api/external/rooms", headers: JSON_TYPE, body: '{"name":"Été"}' }, 201],
  [
    "with a key",
    { method: "POST", path: "/api/external/rooms", headers: { "Idempotency-Key": '"a-key-of-this-test"' } },
    201,
  ],
  [
    "with the key again",
    { method: "POST", path: "/api/external/rooms", headers: { "Idempotency-Key": '"a-key-of-this-test"' } },
    201,
  ],
  [
    "with what is wrong",
    { method: "POST", path: "/api/external/rooms", headers: JSON_TYPE, body: '{"access_level":"nobody"}' },
    400,
  ],
  ["a list", { path: "/api/external/rooms?page_size=1&page=2" }, 200],
  ["a page that is not there", { path: "/api/external/rooms?page=99" }, 404],
  ["a query that says nothing", { path: "/api/external/rooms?page=x" }, 404],
  ["with a slash at the end", { path: "/api/external/rooms/" }, 200],
  ["an id that is encoded", { path: "/api/external/rooms/%61%2Fb" }, 404],
  ["what may not be done", { method: "DELETE", path: `/api/external/rooms/${ROOM}` }, 403],
  ["as La Suite Meet does", { method: "POST", path: "/external-api/v1.0/rooms/", headers: JSON_TYPE, body: "{}" }, 201],
];
for (const [what, request, status] of calls) {
  test(`a call is answered as by the route file: ${what}`, async () => {
    const answer = await expectSame((token) => ({
      ...request,
      headers: { Authorization: `Bearer ${token}`, ...request.headers },
    }));
    expect(answer.status).toBe(status);
  });
}
