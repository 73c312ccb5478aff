// Runs on both databases: a session read through all that stands before a page.
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { requireStaff as requireStaffNow } from "./require-staff";

const request = vi.hoisted(() => ({ cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined),
  }),
}));

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

const COOKIE = "vestibule.session";
const SIGN_IN = /NEXT_REDIRECT/;
const TARGET = "/rooms?page=2";
const FORBIDDEN = "NEXT_HTTP_ERROR_FALLBACK;403";

function requireStaff(...permission: Parameters<typeof requireStaffNow>) {
  const context = { clientAddress: "192.0.2.7", requestId: "request-1", target: TARGET };
  return runWithRequestContext(context, () => requireStaffNow(...permission));
}

/** Stores a member with a session and makes its cookie the one that the next request brings. */
async function signedIn(overrides: Parameters<typeof createStaffMember>[0] = {}) {
  const member = await createStaffMember({ passwordHash: null, ...overrides });
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: new Date() }));
  const value = await encode({ token: { sessionId }, secret: testConfig().authSecret, salt: COOKIE });
  request.cookies = new Map([[COOKIE, value]]);
  return { member, sessionId };
}

describe("requireStaff", () => {
  it("returns who is signed in", async () => {
    const { member, sessionId } = await signedIn();
    const { id, name, email, role } = member;
    expect(await requireStaff("applications:write")).toEqual({
      sessionId,
      authenticatedAt: expect.any(Date),
      signInMethod: "password",
      mustChangePassword: false,
      hasSecondFactor: false,
      staff: { id, name, email, role },
    });
  });

  it("lets a viewer look, and refuses what a viewer may not do", async () => {
    await signedIn({ role: "viewer" });
    await expect(requireStaff("applications:read")).resolves.toBeDefined();
    await expect(requireStaff()).resolves.toBeDefined();
    await expect(requireStaff("applications:write")).rejects.toThrow(FORBIDDEN);
  });

  it.each([
    ["without a cookie", new Map<string, string>()],
    ["with an empty cookie", new Map([[COOKIE, ""]])],
    ["with junk", new Map([[COOKIE, "junk"]])],
    ["with an error page's text", new Map([[COOKIE, '{"message":"There was a problem"}']])],
  ])("sends somebody %s to the sign-in page, which knows where they wanted to go", async (_what, cookies) => {
    request.cookies = cookies;
    await expect(requireStaff("applications:read")).rejects.toMatchObject({
      digest: "NEXT_REDIRECT;replace;/sign-in?to=%2Frooms%3Fpage%3D2;307;",
    });
  });

  it("sends somebody with the cookie under another name to the sign-in page", async () => {
    await signedIn();
    const value = request.cookies.get(COOKIE) ?? "";
    request.cookies = new Map([
      ["authjs.session-token", value],
      [`${COOKIE}.0`, value],
      ["__Host-vestibule.session", value],
    ]);
    await expect(requireStaff()).rejects.toThrow(SIGN_IN);
  });

  it.each([
    ["the session was ended", { endedAt: new Date() }],
    ["the session expired", { expiresAt: new Date(0) }],
    ["the session was idle", { lastSeenAt: new Date(0) }],
  ])("sends somebody to the sign-in page once %s, although the cookie is whole", async (_what, data) => {
    const { sessionId } = await signedIn();
    await expect(requireStaff()).resolves.toBeDefined();
    await database().staffSession.update({ where: { id: sessionId }, data });
    await expect(requireStaff()).rejects.toThrow(SIGN_IN);
  });

  it.each([
    ["was deactivated", { isActive: false }],
    ["was signed out everywhere", { sessionVersion: 1 }],
  ])("sends a member who %s to the sign-in page at the next request", async (_what, data) => {
    const { member } = await signedIn();
    await database().staffMember.update({ where: { id: member.id }, data });
    await expect(requireStaff()).rejects.toThrow(SIGN_IN);
  });

  it("obeys a changed role at the next request", async () => {
    const { member } = await signedIn({ role: "manager" });
    await requireStaff("applications:write");
    await database().staffMember.update({ where: { id: member.id }, data: { role: "viewer" } });
    await expect(requireStaff("applications:write")).rejects.toThrow(FORBIDDEN);
  });

  it("leads a member without a second factor, where one is required, to their account and to nothing else", async () => {
    setConfig(testConfig({ staffMfa: "required" }));
    try {
      const { member } = await signedIn({ role: "viewer" });
      const account = { digest: "NEXT_REDIRECT;replace;/account;307;" };
      await expect(requireStaff("applications:read")).rejects.toMatchObject(account);
      await expect(requireStaff()).rejects.toMatchObject(account);
      // Not the page that says which role would do and whom to ask, either.
      await expect(requireStaff("staff:read")).rejects.toMatchObject(account);
      await expect(requireStaff("account:write")).resolves.toBeDefined();
      await database().staffMember.update({ where: { id: member.id }, data: { hasSecondFactor: true } });
      await expect(requireStaff("applications:read")).resolves.toBeDefined();
    } finally {
      setConfig(testConfig());
    }
  });

  it("lets an account of the organisation in without one: its provider decides", async () => {
    setConfig(testConfig({ staffMfa: "required" }));
    try {
      const { sessionId } = await signedIn();
      await database().staffSession.update({ where: { id: sessionId }, data: { signInMethod: "identity_provider" } });
      await expect(requireStaff("applications:read")).resolves.toBeDefined();
    } finally {
      setConfig(testConfig());
    }
  });
});
