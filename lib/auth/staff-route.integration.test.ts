import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addApp, signInAs } from "@/lib/testing/staff/second-factors";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { sealSessionCookie } from "./session-cookie";
import { staffRoute } from "./staff-route";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

/** Stores a member with a session that began so many minutes ago, and returns the cookie of it. */
async function signedIn(overrides: Parameters<typeof createStaffMember>[0] = {}, minutesAgo = 0) {
  const member = await createStaffMember({ passwordHash: null, ...overrides });
  const now = new Date(Date.now() - minutesAgo * 60_000);
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now }));
  return { member, sessionId, cookie: `vestibule.session=${await sealSessionCookie(sessionId)}` };
}

/** Calls a route that needs `staff:read`, and returns its answer and what it ran. */
async function get(headers: Record<string, string>, run = vi.fn(async () => new Response("the file"))) {
  const route = staffRoute({ permission: "staff:read", run });
  const response = await route(new Request("http://localhost:3000/audit/export", { headers }));
  return { response, run };
}

async function expectRefusal(answer: Awaited<ReturnType<typeof get>>, status: number, code: string, detail: string) {
  const { response, run } = answer;
  expect(run).not.toHaveBeenCalled();
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toMatchObject({ status, code, detail });
}

const UNAUTHENTICATED = [401, "session_ended", "Sign in to the portal first."] as const;

describe("a route of the portal", () => {
  it("runs for a member whose role allows it, with the request and the session", async () => {
    const { member, cookie } = await signedIn({ role: "administrator" });
    const { response, run } = await get({ cookie });
    expect([response.status, await response.text()]).toEqual([200, "the file"]);
    expect(run).toHaveBeenCalledExactlyOnceWith(
      expect.any(Request),
      expect.objectContaining({ staff: expect.objectContaining({ id: member.id }) }),
    );
  });

  it.each([
    ["no cookie", {}],
    ["an empty cookie", { cookie: "vestibule.session=" }],
    ["a cookie that nobody sealed", { cookie: `vestibule.session=${randomUUID()}` }],
    ["a bearer token", { authorization: "Bearer abc" }],
  ])("answers 401 and a challenge to a request with %s", async (_, headers) => {
    const answer = await get(headers);
    expect(answer.response.headers.get("www-authenticate")).toBe('Cookie realm="http://localhost:3000"');
    await expectRefusal(answer, ...UNAUTHENTICATED);
  });

  it("answers 401 to a session that is idle, ended, or belongs to somebody shut out", async () => {
    const idle = await signedIn({ role: "administrator" }, 31);
    const ended = await signedIn({ role: "administrator" });
    await database().staffSession.update({ where: { id: ended.sessionId }, data: { endedAt: new Date() } });
    const out = await signedIn({ role: "administrator" });
    await database().staffMember.update({ where: { id: out.member.id }, data: { isActive: false } });
    for (const { cookie } of [idle, ended, out]) await expectRefusal(await get({ cookie }), ...UNAUTHENTICATED);
  });

  it("answers 403 to a member whose role does not allow it, and to one who has to choose a password first", async () => {
    const viewer = await signedIn({ role: "viewer" });
    await expectRefusal(await get({ cookie: viewer.cookie }), 403, "forbidden", "Your role does not allow this.");
    const fresh = await signedIn({ role: "administrator" });
    await database().staffMember.update({ where: { id: fresh.member.id }, data: { mustChangePassword: true } });
    const sentence = "Choose a password of your own in the portal first.";
    await expectRefusal(await get({ cookie: fresh.cookie }), 403, "password_change_required", sentence);
  });

  it("answers 403 to a member without a second factor where one is required, and not to one who has it", async () => {
    setConfig(testConfig({ staffMfa: "required" }));
    try {
      const { cookie, member } = await signedIn({ role: "administrator" });
      const sentence = "Add a second factor to your account in the portal first.";
      await expectRefusal(await get({ cookie }), 403, "second_factor_required", sentence);
      await addApp(await signInAs(member));
      const { sessionId } = (await signInAs(member)).session;
      const response = await get({ cookie: `vestibule.session=${await sealSessionCookie(sessionId)}` });
      expect(response.response.status).toBe(200);
    } finally {
      setConfig(testConfig());
    }
  });

  it("takes a POST from no page but those of the portal", async () => {
    const { cookie } = await signedIn({ role: "administrator" });
    const run = vi.fn(async () => new Response("found"));
    const route = staffRoute({ permission: "staff:read", run });
    const post = (headers: Record<string, string>) =>
      route(new Request("http://localhost:3000/search", { method: "POST", headers: { cookie, ...headers } }));
    for (const headers of [
      {},
      { origin: "null" },
      { origin: "https://elsewhere.example" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ]) {
      const response = await post(headers as Record<string, string>);
      expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: "forbidden" })]);
    }
    expect(run).not.toHaveBeenCalled();
    expect((await post({ origin: "http://localhost:3000" })).status).toBe(200);
  });

  it("does not dress a mistake of its own as a refusal", async () => {
    const { cookie } = await signedIn({ role: "administrator" });
    const failing = vi.fn(async () => {
      throw new AppError("not_found", "not_found");
    });
    await expect(get({ cookie }, failing)).rejects.toMatchObject({ code: "not_found" });
  });
});
