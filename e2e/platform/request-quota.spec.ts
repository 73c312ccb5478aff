import { expect, test } from "@playwright/test";
import { parseList } from "structured-headers";
import { ApplicationFormPage } from "../pages/application-form-page";
import type { HttpAnswer } from "../support/http-client";
import { expectProblem } from "../support/oauth-expectations";
import { type Credentials, callApi, obtainToken, postForm, tokenForm } from "../support/oauth-requests";
import { openOwnPortal, stopOwnServer } from "../support/own-portal";
import type { OwnServer } from "../support/own-server";

test.describe.configure({ mode: "serial" });

const ALICE = "alice@example.com";
const CALLS = 4;
const TOKENS = 6;
let server: OwnServer;
let first: Credentials;
let second: Credentials;

/** Reads a RateLimit field as RFC 9651 says, with a parser that nobody here wrote. */
function readField(answer: HttpAnswer, name: "ratelimit" | "ratelimit-policy") {
  const [[policy, parameters] = [undefined, new Map()], ...others] = parseList(String(answer.headers[name] ?? ""));
  expect(others).toEqual([]);
  return { policy, parameters: Object.fromEntries(parameters) };
}

test.beforeAll(async ({ browser }) => {
  const portal = await openOwnPortal(browser, "request-quota", {
    EXTERNAL_API_REQUESTS_PER_MINUTE: String(CALLS),
    TOKEN_REQUESTS_PER_MINUTE: String(TOKENS),
  });
  server = portal.server;
  const { page } = portal;
  const form = new ApplicationFormPage(page);
  const create = async (name: string) => {
    await form.open();
    await form.fill({ name, scopes: ["rooms:list"], domains: ["example.com"] });
    return form.createAndReadCredentials();
  };
  first = await create("Runs wild");
  second = await create("Behaves");
  await page.close();
});

test.afterAll(() => stopOwnServer(server));

// Conformance: Q01, Q02, Q03
test("every answer tells the limit and what is left of it, names nobody, and the last one how long to wait", async () => {
  const token = await obtainToken(server.baseUrl, first, ALICE);
  for (let left = CALLS - 1; left >= 0; left -= 1) {
    const answer = await callApi(server.baseUrl, token);
    expect(answer.status).toBe(200);
    expect(readField(answer, "ratelimit-policy")).toEqual({ policy: "client", parameters: { q: CALLS, w: 60 } });
    const { policy, parameters } = readField(answer, "ratelimit");
    expect({ policy, left: parameters.r }).toEqual({ policy: "client", left });
    expect(Number(parameters.t)).toBeGreaterThan(0);
    expect(Number(parameters.t)).toBeLessThanOrEqual(60);
    const told = `${answer.headers.ratelimit} ${answer.headers["ratelimit-policy"]}`;
    expect(told).not.toContain("alice");
    expect(told).not.toContain("127.0.0.1");
    expect(told).not.toContain(first.clientId);
  }
  const refused = await callApi(server.baseUrl, token);
  expectProblem(refused, 429);
  const wait = Number(refused.headers["retry-after"]);
  expect(refused.json).toMatchObject({
    type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
    code: "quota_exceeded",
    "violated-policies": ["client"],
    detail: `This application has made its ${CALLS} calls of this minute. Wait ${wait} seconds.`,
  });
  const { parameters } = readField(refused, "ratelimit");
  expect(parameters.r).toBe(0);
  expect(wait).toBeGreaterThanOrEqual(Number(parameters.t));

  const neighbour = await callApi(server.baseUrl, await obtainToken(server.baseUrl, second, ALICE));
  expect(neighbour.status).toBe(200);
  expect(readField(neighbour, "ratelimit").parameters.r).toBe(CALLS - 1);
});

// Conformance: N45
test("token requests have a quota of their own; who has used it up is told so, and no other application", async () => {
  const ask = (credentials: Credentials) => postForm(server.baseUrl, tokenForm(credentials, ALICE));
  let answer = await ask(first);
  for (let request = 0; request < TOKENS && answer.status === 200; request += 1) answer = await ask(first);
  expect(answer.status).toBe(429);
  expect(answer.json).toMatchObject({ error: "temporarily_unavailable" });
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(readField(answer, "ratelimit")).toMatchObject({ policy: "client-tokens", parameters: { r: 0 } });
  expect((await ask(second)).status).toBe(200);
});
