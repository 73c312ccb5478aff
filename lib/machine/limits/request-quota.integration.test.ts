import { parseList } from "structured-headers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  type Answer,
  askForToken,
  callExternal,
  obtainToken,
  presentToken,
} from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
const QUOTA = 3;
let machine: M2mApi;
let client: TestClient;
let neighbour: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  [client, neighbour] = await Promise.all([createTestClient(), createTestClient()]);
});

beforeEach(() => {
  const { externalApi } = testConfig();
  const few = { externalApi: { ...externalApi, requestsPerMinute: QUOTA }, tokenRequestsPerMinute: QUOTA + 1 };
  machine = createM2mApi(testConfig(few));
});

const list = (token: string, method = "GET") =>
  callExternal(createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({ count: 0 }) }), {
    token,
    method,
  });

/** Reads a RateLimit field as RFC 9651 says, with a parser that nobody here wrote. */
function readField(answer: Answer, name: string): { policy: unknown; parameters: Record<string, unknown> } {
  const [[policy, parameters] = [undefined, new Map()], ...others] = parseList(answer.quota[name] ?? "");
  expect(others).toEqual([]);
  return { policy, parameters: Object.fromEntries(parameters) };
}

describe("the quota of an application at the external API", () => {
  // Conformance: Q01, Q02
  it("is told in every answer, and what is left of it", async () => {
    const token = await obtainToken(machine, client);
    for (let left = QUOTA - 1; left >= 0; left -= 1) {
      const answer = await list(token, left % 2 === 0 ? "GET" : "HEAD");
      expect(answer.status).toBe(200);
      expect(readField(answer, "ratelimit-policy")).toEqual({ policy: "client", parameters: { q: QUOTA, w: 60 } });
      const { policy, parameters } = readField(answer, "ratelimit");
      expect(policy).toBe("client");
      expect(parameters).toEqual({ r: left, t: expect.any(Number) });
      expect(Number.isInteger(parameters.t) && Number(parameters.t) > 0 && Number(parameters.t) <= 60).toBe(true);
      expect(JSON.stringify(answer.quota)).not.toMatch(/alice|192\.0\.2\.7/);
    }
  });

  // Conformance: Q03
  it("ends in 429 with the policy that was violated, and a wait that is not too short", async () => {
    const token = await obtainToken(machine, client);
    for (let call = 0; call < QUOTA; call += 1) await list(token);
    const answer = await list(token);
    const wait = Number(answer.headers["retry-after"]);
    expect(answer).toMatchObject({
      status: 429,
      json: {
        type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
        title: "Too Many Requests",
        status: 429,
        detail: `This application has made its ${QUOTA} calls of this minute. Wait ${wait} seconds.`,
        code: "quota_exceeded",
        "violated-policies": ["client"],
      },
    });
    const { parameters } = readField(answer, "ratelimit");
    expect(parameters.r).toBe(0);
    expect(wait).toBeGreaterThanOrEqual(Number(parameters.t));
  });

  it("is one for all tokens and people of the application, and another application has its own", async () => {
    const people = ["alice@example.com", "bob@example.com"];
    const tokens = await Promise.all(people.map((scope) => obtainToken(machine, client, { fields: { scope } })));
    for (let call = 0; call < QUOTA; call += 1) await list(tokens[call % 2] ?? "");
    expect((await list(tokens[1] ?? "")).status).toBe(429);
    expect((await list(await obtainToken(machine, neighbour))).status).toBe(200);
  });

  it("is not spent by strangers, and a stranger is not told of it", async () => {
    const token = await obtainToken(machine, client);
    for (let call = 0; call < QUOTA * 2; call += 1) {
      const answer = await list(`${token.slice(0, -2)}xx`);
      expect(answer.status).toBe(401);
      expect(answer.quota).toEqual({});
    }
    expect(readField(await list(token), "ratelimit").parameters.r).toBe(QUOTA - 1);
  });
});

describe("the quota of an application at the token endpoint", () => {
  // Conformance: N45
  it("ends in 429 with the time to wait and what to do about it; another application still gets tokens", async () => {
    for (let request = 0; request <= QUOTA; request += 1) {
      const answer = await askForToken(machine, client);
      expect(answer.status).toBe(200);
      expect(readField(answer, "ratelimit")).toMatchObject({
        policy: "client-tokens",
        parameters: { r: QUOTA - request },
      });
    }
    const answer = await askForToken(machine, client);
    const description = "Too many requests of this application. Use each token until it expires, and try again later.";
    expect(answer.status).toBe(429);
    expect(answer.json).toEqual({
      error: "temporarily_unavailable",
      error_description: description,
      error_uri: "http://localhost:3000/developers/errors#temporarily_unavailable",
      detail: description,
    });
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(readField(answer, "ratelimit").parameters.r).toBe(0);
    expect((await askForToken(machine, neighbour)).status).toBe(200);
  });

  it("is shared with revocation and introspection", async () => {
    for (let request = 0; request < QUOTA; request += 1) await presentToken(machine.introspectionEndpoint, client, "x");
    expect((await presentToken(machine.revocationEndpoint, client, "x")).status).toBe(200);
    expect((await presentToken(machine.revocationEndpoint, client, "x")).status).toBe(429);
  });

  it("is not spent by those who only know the client id", async () => {
    for (let guess = 0; guess < QUOTA * 2; guess += 1) {
      await askForToken(machine, { clientId: client.clientId, secret: "wrong" }, { address: "203.0.113.9" });
    }
    expect(readField(await askForToken(machine, client), "ratelimit").parameters.r).toBe(QUOTA);
  });
});
