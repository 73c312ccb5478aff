import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { createHttpServer } from "@/lib/server/http-server";
import { createRequestHandler } from "@/lib/server/request-handler";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import { captureLog, memberOf } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
let client: TestClient;
let inactive: TestClient;
let machine: M2mApi;
let log: ReturnType<typeof captureLog>;
const server = createHttpServer((request, response) => void handle(request, response));
const handle = createRequestHandler({
  settings: testConfig(),
  application: dispatch,
  answersEndpoints: false,
  onFailure: () => {},
  isDraining: () => false,
});

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
  inactive = await createTestClient({ isActive: false });
  machine = createM2mApi(testConfig());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

beforeEach(() => {
  log = captureLog();
});

afterEach(() => log.stop());

/** Stands where Next stands: finds the route, hands the request over, writes the answer. */
async function dispatch(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = "GET", url = "/", headers } = incoming;
  const body = method === "GET" ? null : Buffer.concat(chunks);
  const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const endpoints: Record<string, (request: Request) => Promise<EndpointResponse>> = {
    "/api/oauth/token": machine.tokenEndpoint,
    "/api/oauth/revoke": machine.revocationEndpoint,
    "/api/oauth/introspect": machine.introspectionEndpoint,
    "/api/external/rooms": createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => [] }),
  };
  const { pathname } = new URL(url, "http://localhost");
  const response = await endpoints[pathname]?.(
    new Request(new URL(url, "http://localhost:3000"), { method, headers: fields, body }),
  );
  outgoing.writeHead(response?.status ?? 404, { ...response?.headers });
  outgoing.end(response?.body ?? "");
}

type Call = { path: string; method?: string; headers?: Record<string, string>; form?: Record<string, string> };

function call({ path, method = "POST", headers = {}, form }: Call) {
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const type = body === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" };
  return new Promise<{ status: number; requestId: string; text: string }>((resolve, reject) => {
    const outgoing = httpRequest(
      { host: "127.0.0.1", port, path, method, headers: { ...type, ...headers }, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, requestId: String(answer.headers["x-request-id"]), text }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const OAUTH_PATHS = ["/api/oauth/token", "/api/oauth/revoke", "/api/oauth/introspect"];

function post(path: string, credentials: { clientId: string; secret: string }, form: Record<string, string> = {}) {
  const { clientId: client_id, secret: client_secret } = credentials;
  const common = { grant_type: "client_credentials", scope: "alice@example.com", token: "x.y.z" };
  return call({ path, form: { ...common, client_id, client_secret, ...form } });
}

/** The lines of the log that tell of a refusal in one request. */
function refusalsIn(requestId: string): unknown[] {
  return log.lines
    .map((line): unknown => JSON.parse(line))
    .filter((line) => memberOf(line, "request_id") === requestId && /_refused$/.test(String(memberOf(line, "event"))));
}

describe("a refusal", () => {
  it("is one line in the log, found by the X-Request-Id that the caller was given, with a reason", async () => {
    const forged = { clientId: client.clientId, secret: "wrong" };
    const mismatch = { token: "a", client_assertion: "b" };
    const answers = await Promise.all([
      ...OAUTH_PATHS.flatMap((path) => [
        post(path, forged),
        post(path, { ...client, secret: makeUnknownSecret(client.clientId) }),
        post(path, inactive),
        post(path, client, mismatch),
        call({ path: `${path}?client_secret=x`, form: {} }),
        call({ path, headers: { "Content-Type": "text/plain" } }),
        call({ path, headers: { "Content-Type": "text/plain", "Content-Encoding": "gzip" } }),
        call({ path, form: { token: "a".repeat(17_000) } }),
        call({ path, method: "TRACE" }),
      ]),
      post("/api/oauth/token", client, { scope: "nobody" }),
      post("/api/oauth/token", client, { resource: "https://other.example" }),
      post("/api/oauth/revoke", client, { token: "" }),
      call({ path: "/api/external/rooms", method: "GET" }),
      call({ path: "/api/external/rooms", method: "GET", headers: { Authorization: "Bearer x.y.z" } }),
      call({ path: "/api/external/rooms", method: "GET", headers: { Authorization: "Bearer ???" } }),
    ]);
    for (const { status, requestId, text } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(refusalsIn(requestId)).toEqual([
        expect.objectContaining({ request_id: requestId, reason: expect.stringMatching(/^[a-z]+(?:_[a-z]+)*$/) }),
      ]);
      expect(text).not.toContain(requestId);
    }
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(answers.length);
  });

  // Conformance: N39
  it("of a client that failed to authenticate is the same bytes for every cause; the log tells them apart", async () => {
    for (const path of OAUTH_PATHS) {
      const answers = [
        await post(path, { clientId: client.clientId, secret: "wrong" }),
        await post(path, { clientId: "nobody", secret: "wrong" }),
        await post(path, { ...client, secret: makeUnknownSecret(client.clientId) }),
        await post(path, inactive),
        await post(path, { clientId: "gone", secret: makeUnknownSecret("gone") }),
      ];
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      const reasons = answers.flatMap(({ requestId }) => refusalsIn(requestId)).map((line) => memberOf(line, "reason"));
      expect(reasons).toEqual(["bad_tag", "bad_tag", "secret_not_live", "inactive_client", "unknown_client"]);
    }
  });

  it("cannot be given an id by the caller", async () => {
    const headers = { "X-Request-Id": "forged" };
    const { requestId } = await call({ path: "/api/external/rooms", method: "GET", headers });
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.lines.join("")).not.toContain("forged");
  });
});

it("an answer that a revocation or introspection was given leaves a line under its id as well", async () => {
  for (const path of OAUTH_PATHS.slice(1)) {
    const { status, requestId } = await post(path, client);
    expect(status).toBe(200);
    const line = log.lines.find((text) => text.includes(requestId)) ?? "";
    expect(line).toMatch(/"event":"(?:revocation_ignored|token_introspected)"/);
    expect(line).toContain('"reason":"not_compact_jws"');
  }
});
