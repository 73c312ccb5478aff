import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { staffRoute } from "@/lib/auth/staff-route";
import { inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { setLogDestination } from "@/lib/observability/logger";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { answerSearch } from "./answer-search";

useTestDatabase();
const lines: string[] = [];
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  setLogDestination({ write: (line) => void lines.push(line) });
  client = await createTestClient();
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => {
  setConfig(undefined);
  setLogDestination(undefined);
});

const route = staffRoute({ permission: "applications:read", run: answerSearch });

async function cookieOf(role: "viewer" | "manager"): Promise<string> {
  const member = await createStaffMember({ role, passwordHash: null });
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: new Date() }));
  return `vestibule.session=${await sealSessionCookie(sessionId)}`;
}

/** Posts a body as the portal does, and returns what is answered. */
async function post(body: unknown, headers: Record<string, string>) {
  const response = await route(
    new Request("http://localhost:3000/search", {
      method: "POST",
      headers: { origin: "http://localhost:3000", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) as unknown };
}

describe("the search of the portal, called", () => {
  it.each(["viewer", "manager"] as const)("answers a %s, and lets nobody keep the answer", async (role) => {
    const answer = await post({ q: client.clientId }, { cookie: await cookieOf(role) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.json).toEqual({ groups: [expect.objectContaining({ kind: "application" })] });
  });

  it("tells nobody anything who is not signed in", async () => {
    for (const headers of [{}, { cookie: "vestibule.session=invented" }, { authorization: "Bearer abc" }]) {
      const { status, text } = await post({ q: client.clientId }, headers as Record<string, string>);
      expect(status).toBe(401);
      expect(text).not.toContain("Calendar");
    }
  });

  it("refuses a request that no page of the portal made", async () => {
    const cookie = await cookieOf("manager");
    for (const origin of ["https://elsewhere.example", "null"]) {
      expect(await post({ q: client.clientId }, { cookie, origin })).toMatchObject({
        status: 403,
        json: { code: "forbidden" },
      });
    }
  });

  it("neither looks for a secret nor writes it into its answer or the log", async () => {
    // Were it looked for, it would be found.
    await createTestPerson({ email: `${client.secret.toLowerCase()}@example.com` });
    const cookie = await cookieOf("manager");
    for (const q of [client.secret, ` ${client.secret}`, `SECRET=${client.secret}`, client.secret.slice(0, 40)]) {
      const { status, text } = await post({ q }, { cookie });
      expect(status).toBe(400);
      expect(text).not.toContain(client.secret.slice(4, 20));
    }
    expect(lines.join("\n")).not.toContain(client.secret.slice(4, 20));
  });

  it.each([
    ["nothing", {}],
    ["an empty text", { q: "" }],
    ["spaces", { q: "   " }],
    ["a text that is too long", { q: "a".repeat(201) }],
    ["two lines", { q: "a\nb" }],
    ["no text", { q: ["a"] }],
    ["an unknown purpose", { q: "a", purpose: "delete" }],
    ["more than it knows", { q: "a", kinds: ["person"] }],
  ])("answers 400 to %s", async (_what, body) => {
    const { status, json } = await post(body, { cookie: await cookieOf("viewer") });
    expect([status, json]).toEqual([400, expect.objectContaining({ code: "invalid" })]);
  });

  it("answers 415 to a form, which a page elsewhere could send", async () => {
    const headers = { cookie: await cookieOf("viewer"), "content-type": "text/plain" };
    expect(await post({ q: "calendar" }, headers)).toMatchObject({ status: 415, json: { code: "media_type" } });
  });
});
