// Runs on both databases: a proof that is stored with the session it renews.
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSessionCookie, sealSessionCookie } from "@/lib/auth/session-cookie";
import { inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { setLogDestination } from "@/lib/observability/logger";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { handleReauthentication } from "./reauthentication-route";

const ORIGIN = "http://localhost:3000";
useTestDatabase();

const lines: string[] = [];
beforeEach(() => {
  setConfig(testConfig({ publicUrl: ORIGIN }));
  setLogDestination({ write: (line) => void lines.push(line) });
});
afterEach(() => {
  setConfig(undefined);
  setLogDestination(undefined);
  lines.length = 0;
});

let address = 0;

async function signedInCookie(): Promise<string> {
  const member = await createStaffMember();
  const now = new Date(Date.now() - 20 * 60_000);
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now }));
  return `vestibule.session=${await sealSessionCookie(sessionId)}`;
}

/** Posts a body as the dialog does, from an address of its own. */
function post(body: unknown, headers: Record<string, string>): Promise<Response> {
  address += 1;
  const request = new Request(`${ORIGIN}/api/auth/re-authenticate`, {
    method: "POST",
    headers: { origin: ORIGIN, host: "localhost:3000", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return runWithRequestContext({ clientAddress: `192.0.2.${address}`, requestId: randomUUID() }, () =>
    handleReauthentication(request),
  );
}

describe("the route that takes a password again", () => {
  it("answers with the cookie of a fresh session, which no cache keeps", async () => {
    const response = await post({ password: TEST_PASSWORD }, { cookie: await signedInCookie() });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, data: null });
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^vestibule\.session=[^;]+; Path=\/; Expires=[^;]+; Max-Age=28800; HttpOnly; SameSite=lax$/);
    const sessionId = await openSessionCookie(/^vestibule\.session=([^;]+)/.exec(cookie)?.[1]);
    const session = await findLiveSession(sessionId ?? "", new Date());
    expect(Date.now() - (session?.authenticatedAt.getTime() ?? 0)).toBeLessThan(10 * 60_000);
  });

  it.each([
    ["a wrong password", { password: "wrong horse" }, {}, "reauthentication_failed"],
    ["no password", {}, {}, "invalid"],
    ["a password that is no text", { password: ["a"] }, {}, "invalid"],
    ["a member too many", { password: TEST_PASSWORD, email: "a@example.com" }, {}, "invalid"],
    ["no cookie", { password: TEST_PASSWORD }, { cookie: "" }, "session_ended"],
    ["a cookie of somebody's making", { password: TEST_PASSWORD }, { cookie: "vestibule.session=x" }, "session_ended"],
    ["another origin", { password: TEST_PASSWORD }, { origin: "https://evil.example" }, "forbidden"],
    ["an opaque origin", { password: TEST_PASSWORD }, { origin: "null" }, "forbidden"],
  ])("answers %s with a reason and no cookie", async (_what, body, headers, reason) => {
    const response = await post(body, { cookie: await signedInCookie(), ...headers });
    expect(await response.json()).toEqual({ ok: false, error: { reason } });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded"],
    ["a text", "text/plain"],
  ])("does not read %s, which pages elsewhere may send without asking", async (_what, type) => {
    const response = await post({ password: TEST_PASSWORD }, { cookie: await signedInCookie(), "content-type": type });
    expect(response.status).toBe(415);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it("writes no password into the log", async () => {
    await post({ password: "canary password" }, { cookie: await signedInCookie() });
    expect(lines).toHaveLength(1);
    expect(lines.join("")).not.toContain("canary");
  });
});
