// Runs on both databases: what a part failed for is said by the driver.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { type CollectedSpan, startTraceCollector } from "@/lib/testing/process/trace-collector";
import { HEAD, useWireServer, WIRE_SETTINGS } from "@/lib/testing/process/wire-server";
import { testConfig } from "@/lib/testing/test-config";
import { VERSION } from "@/lib/version";
import { startTracing } from "./start-tracing";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const PROXIED = { ...WIRE_SETTINGS, trustedProxyHops: 1 };
const FORWARDED = "X-Forwarded-For: 192.0.2.1";

// Before the database is opened, as at the start of a server.
const collector = await startTraceCollector();
const headers = { Authorization: "Bearer canary-of-the-collector" };
const { close } = await startTracing({ endpoint: collector.endpoint, headers, serviceName: "rooms", share: 1 });
useTestDatabase();
const { listen, logLines } = useWireServer();

let client: TestClient;
let spans: CollectedSpan[];

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});
afterAll(() => {
  setConfig(undefined);
  collector.close();
});

type Wire = Awaited<ReturnType<typeof listen>>;

function askForToken({ send }: Wire, ...fields: string[]) {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.clientId,
    client_secret: client.secret,
    scope: "ana@example.com",
  }).toString();
  const type = "Content-Type: application/x-www-form-urlencoded";
  return send("POST /api/oauth/token HTTP/1.1", ...HEAD, type, `Content-Length: ${body.length}`, ...fields, "", body);
}

const fieldsOf = (line: unknown) => line as Record<string, unknown>;
const childrenOf = ({ spanId }: CollectedSpan) => spans.filter(({ parentSpanId }) => parentSpanId === spanId);

function only(found: readonly CollectedSpan[]): CollectedSpan {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`There are ${found.length} of them.`);
  return first;
}

describe("the trace of a request", () => {
  let token: string;
  let issued: Record<string, unknown> | undefined;

  // All is asked first: spans are sent together, and the last of them when the process ends.
  it("is of the caller behind a trusted proxy, and its lines in the log name it", async () => {
    const wire = await listen({ answersEndpoints: true, settings: PROXIED });
    const answer = await askForToken(wire, FORWARDED, `traceparent: 00-${TRACE}-${PARENT}-01`);
    expect(answer.status).toBe(200);
    token = JSON.parse(answer.body).access_token;
    issued = logLines()
      .map(fieldsOf)
      .find(({ event }) => event === "token_issued");
    expect(issued).toMatchObject({ trace_id: TRACE, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it("is not kept where that caller does not keep one", async () => {
    const wire = await listen({ answersEndpoints: true, settings: PROXIED });
    const unsampled = `traceparent: 00-${"1".repeat(32)}-${PARENT}-00`;
    expect((await askForToken(wire, FORWARDED, unsampled)).status).toBe(200);
    expect(
      logLines()
        .map(fieldsOf)
        .filter((line) => "trace_id" in line),
    ).toEqual([]);
  });

  it("is one of our own for a stranger, and for fields that are not of the standard", async () => {
    const direct = await listen({ answersEndpoints: true });
    expect((await askForToken(direct, `traceparent: 00-${"2".repeat(32)}-${PARENT}-01`)).status).toBe(200);
    const wire = await listen({ answersEndpoints: true, settings: PROXIED });
    for (const wrong of [`00-${"0".repeat(32)}-${PARENT}-01`, "00-canary-field-01"])
      expect((await askForToken(wire, FORWARDED, `traceparent: ${wrong}`)).status).toBe(200);
  });

  it("is made of calls of the rooms API too, and of pages, with what fails in them", async () => {
    const wire = await listen({ answersEndpoints: true });
    const room = await wire.send(
      "POST /api/external/rooms HTTP/1.1",
      ...HEAD,
      `Authorization: Bearer ${token}`,
      "Content-Length: 0",
      "",
      "",
    );
    expect(room.status).toBe(201);
    expect(
      (await wire.send("GET /nothing/canary-of-a-path?key=canary-of-a-query HTTP/1.1", ...HEAD, "", "")).status,
    ).toBe(200);
    const failing = await listen({
      pageRoute: () => "/rooms/[id]",
      application: async () => {
        await inTransaction(async (tx) => {
          await tx.person.count();
          await tx.person.count({ where: { email: "canary-of-a-value@example.com" } });
        });
        await database().person.count();
        await database().runStatement({ name: "broken_statement", text: "SELECT canary_of_a_name" }, []);
      },
    });
    expect((await failing.send(`GET /rooms/${randomUUID()} HTTP/1.1`, ...HEAD, "", "")).status).toBe(500);
    await m2mApi().settled();
    await close();
    spans = collector.spans();
    expect(spans.filter(({ kind }) => kind === 2)).toHaveLength(7);
  });

  it("goes to the collector with its credential, and says who sends it", () => {
    expect(collector.received.map(({ path, headers: { authorization } }) => [path, authorization])).toEqual(
      collector.received.map(() => ["/v1/traces", "Bearer canary-of-the-collector"]),
    );
    expect(collector.resources()[0]).toEqual({
      "service.name": "rooms",
      "service.version": VERSION,
      "service.instance.id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it("of a token shows the wait for the shared read and for the stored activity, one after the other", () => {
    const request = only(spans.filter(({ traceId, kind }) => traceId === TRACE && kind === 2));
    expect(request).toMatchObject({
      parentSpanId: PARENT,
      name: "POST /api/oauth/token",
      status: 0,
      attributes: {
        "http.request.method": "POST",
        "http.route": "/api/oauth/token",
        "http.response.status_code": 200,
      },
    });
    expect(issued?.span_id).toBe(request.spanId);
    const parts = childrenOf(request).sort((a, b) => Number(a.startedAt - b.startedAt));
    expect(parts[0]?.name).toBe("read client");
    expect(parts.at(-1)?.name).toBe("store activity");
    for (const { startedAt, endedAt, traceId } of parts) {
      expect(traceId).toBe(TRACE);
      expect(startedAt >= request.startedAt && endedAt <= request.endedAt).toBe(true);
    }
  });

  it("of a stranger is in no trace of anybody else", () => {
    const foreign = spans.filter(({ traceId }) => traceId === "1".repeat(32) || traceId === "2".repeat(32));
    expect(foreign).toEqual([]);
    const tokens = spans.filter(({ name }) => name === "POST /api/oauth/token");
    expect(new Set(tokens.map(({ traceId }) => traceId)).size).toBe(4);
    expect(tokens.filter(({ parentSpanId }) => parentSpanId !== undefined)).toHaveLength(1);
  });

  it("of a page has a transaction as one part, a call as another, and the failed one with its code alone", () => {
    const page = only(spans.filter(({ name }) => name === "GET /rooms/[id]"));
    expect(page).toMatchObject({
      status: 2,
      attributes: { "http.route": "/rooms/[id]", "http.response.status_code": 500, "error.type": "500" },
    });
    const database = { "db.system.name": "postgresql" };
    expect(childrenOf(page).map(({ name, kind, status, attributes }) => ({ name, kind, status, attributes }))).toEqual([
      { name: "transaction", kind: 3, status: 0, attributes: database },
      { name: "count Person", kind: 3, status: 0, attributes: database },
      { name: "broken_statement", kind: 3, status: 2, attributes: { ...database, "error.type": "42703" } },
    ]);
  });

  it("shows the call of a room with its parts, and no part of a part", () => {
    const call = only(spans.filter(({ name }) => name === "POST /api/external/rooms"));
    expect(childrenOf(call).map(({ name }) => name)).toContain("read authority");
    for (const part of spans.filter(({ kind }) => kind === 3)) expect(childrenOf(part)).toEqual([]);
  });

  it("holds no secret, no token, no address, no person and no statement", () => {
    const sent = collector.received.map(({ body }) => body).join("\n");
    for (const secret of [client.secret, token, "ana@example.com", "192.0.2.1", "SELECT", "127.0.0.1:", "canary"])
      expect([secret, sent.includes(secret)]).toEqual([secret, false]);
  });
});

describe("a collector that refuses", () => {
  it("is told of once, fails no request, and does not hold up the end", async () => {
    const refusing = await startTraceCollector({ status: 400 });
    const tracing = await startTracing({ endpoint: refusing.endpoint, headers: {}, serviceName: "rooms", share: 1 });
    const wire = await listen({ answersEndpoints: true });
    expect((await askForToken(wire)).status).toBe(200);
    const log = captureLog();
    await tracing.close();
    log.stop();
    const told = log.lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "traces_not_sent");
    expect(told).toEqual([expect.objectContaining({ level: "warn", spans: expect.any(Number) })]);
    refusing.close();
    // Nobody is told of what comes later.
    expect((await askForToken(wire)).status).toBe(200);
    expect(refusing.received).toHaveLength(1);
  });
});
