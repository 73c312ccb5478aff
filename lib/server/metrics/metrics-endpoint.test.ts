import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { incrementCounter, resetMetrics } from "@/lib/observability/metrics/metrics";
import { HEAD, UUID, useWireServer } from "@/lib/testing/process/wire-server";
import { testConfig } from "@/lib/testing/test-config";

const { listen, logLines } = useWireServer();
const TOKEN = "a-token-for-tests-that-protects-nothing.~+/==";

beforeEach(() => {
  resetMetrics();
  setConfig(testConfig({ metricsToken: TOKEN }));
});
afterEach(() => setConfig(undefined));

async function ask(...fields: string[]) {
  const { send } = await listen({ answersEndpoints: true });
  return send("GET /api/metrics HTTP/1.1", ...HEAD, ...fields, "", "");
}

const problem = (status: number, title: string, detail: string, code: string) => ({
  type: "about:blank",
  title,
  status,
  detail,
  code,
});

describe("whoever has the token", () => {
  it("reads every metric as text that no cache keeps", async () => {
    incrementCounter("vestibule_token_issued_total");
    const { status, headers, body } = await ask(`Authorization: Bearer ${TOKEN}`);
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
      200,
      "text/plain; version=0.0.4; charset=utf-8",
      "no-store",
    ]);
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(body).toContain("\nvestibule_token_issued_total 1\n");
    expect(body.match(/^# TYPE /gm)?.length).toBeGreaterThanOrEqual(25);
    expect(logLines()).toEqual([]);
  });

  it("may write the scheme as RFC 9110 §11.1 allows", async () => {
    expect((await ask(`Authorization: bearer   ${TOKEN}`)).status).toBe(200);
  });

  it("gets the head alone when it asks for that", async () => {
    const { send } = await listen({ answersEndpoints: true });
    const { status, body } = await send(
      "HEAD /api/metrics HTTP/1.1",
      ...HEAD,
      `Authorization: Bearer ${TOKEN}`,
      "",
      "",
    );
    expect([status, body]).toEqual([200, ""]);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("changes nothing: %s is not there", async (method) => {
    const { send } = await listen({ answersEndpoints: true });
    const fields = [...HEAD, `Authorization: Bearer ${TOKEN}`, "Content-Length: 0"];
    const { status, headers, body } = await send(`${method} /api/metrics HTTP/1.1`, ...fields, "", "");
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect(JSON.parse(body)).toEqual(
      problem(405, "Method Not Allowed", "The method is not allowed here.", "method_not_allowed"),
    );
  });
});

describe("whoever has not", () => {
  it.each([
    ["nothing", []],
    ["another token of the same length", [`Authorization: Bearer ${TOKEN.replace("a", "b")}`]],
    ["the beginning of the token", [`Authorization: Bearer ${TOKEN.slice(0, -1)}`]],
    ["the token and more", [`Authorization: Bearer ${TOKEN}=`]],
    ["the token in another case", [`Authorization: Bearer ${TOKEN.toUpperCase()}`]],
    ["the token with another scheme", [`Authorization: Basic ${TOKEN}`]],
    ["the token without a scheme", [`Authorization: ${TOKEN}`]],
    ["an empty token", ["Authorization: Bearer "]],
    ["the token twice", [`Authorization: Bearer ${TOKEN} ${TOKEN}`]],
  ])("is refused, and what was sent is told nowhere: %s", async (_title, fields) => {
    const { status, headers, body } = await ask(...fields);
    expect([status, headers.get("www-authenticate"), headers.get("content-type")]).toEqual([
      401,
      'Bearer realm="vestibule-metrics"',
      "application/problem+json",
    ]);
    expect(JSON.parse(body)).toEqual(
      problem(
        401,
        "Unauthorized",
        "Send METRICS_TOKEN in the Authorization header field, as a bearer token.",
        "unauthenticated",
      ),
    );
    expect(logLines()).toEqual([
      {
        level: "info",
        time: expect.any(String),
        request_id: expect.stringMatching(UUID),
        event: "request_refused",
        status: 401,
        reason: "metrics_token_wrong",
        detail: "Send METRICS_TOKEN in the Authorization header field, as a bearer token.",
        client_address: "127.0.0.1",
        msg: "Request refused",
      },
    ]);
  });

  it("finds the token in the address of no use", async () => {
    const { send } = await listen({ answersEndpoints: true });
    expect((await send(`GET /api/metrics?token=${TOKEN} HTTP/1.1`, ...HEAD, "", "")).status).toBe(401);
  });

  it("is counted", async () => {
    await ask();
    expect((await ask(`Authorization: Bearer ${TOKEN}`)).body).toContain(
      'vestibule_request_refused_total{reason="metrics_token_wrong"} 1\n',
    );
  });
});

describe("without METRICS_TOKEN", () => {
  it.each([
    ["nothing", []],
    ["an empty token", ["Authorization: Bearer "]],
    ["the word that an unset value becomes", ["Authorization: Bearer undefined"]],
  ])("there are no metrics for anybody, whatever is sent: %s", async (_title, fields) => {
    setConfig(testConfig());
    const { status, body } = await ask(...fields);
    expect([status, JSON.parse(body)]).toEqual([
      404,
      problem(404, "Not Found", "There are no metrics here: METRICS_TOKEN is not set.", "not_found"),
    ]);
  });
});
