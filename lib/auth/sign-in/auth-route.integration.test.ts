import { randomUUID } from "node:crypto";
import { Auth } from "@auth/core";
import { NextRequest } from "next/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSessionCookie } from "@/lib/auth/session-cookie";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { authConfig } from "./auth-config";
import { createAuthRoute } from "./auth-route";
import { openDeviceCookieOf } from "./device-cookie";

useTestDatabase();

const PUBLIC_URL = "https://portal.example.org";
const SESSION = "__Host-vestibule.session";

beforeEach(() => setConfig(testConfig({ publicUrl: PUBLIC_URL })));
afterEach(() => {
  setConfig(undefined);
  forgetSignInThrottle();
});

/** The engine of next-auth without its Next adapter, which only adds what this route replaces. */
const route = createAuthRoute((request) => Auth(request, authConfig()));
let address = 0;

/** As at the start of a process: whoever asks first makes it anew. */
const forgetSignInThrottle = () => Reflect.deleteProperty(globalThis, Symbol.for("vestibule.sign-in-throttle"));

/** A browser: keeps cookies, and asks a host of its choice. */
function createBrowser(base = "http://127.0.0.1:3000") {
  const jar = new Map<string, string>();
  address += 1;
  const context = { clientAddress: `192.0.2.${address}`, requestId: randomUUID() };

  async function send(path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "content-type": "application/x-www-form-urlencoded", cookie, ...init.headers };
    const request = new NextRequest(new URL(path, base), { ...init, headers });
    const response = await runWithRequestContext(context, () => route(request));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    jar,
    get: (path: string) => send(path),
    async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
      const { csrfToken } = await (await send("/api/auth/csrf")).json();
      return send(path, { method: "POST", body: new URLSearchParams({ csrfToken, ...fields }).toString(), headers });
    },
    sendRaw: send,
    async session() {
      const sessionId = await openSessionCookie(jar.get(SESSION));
      return sessionId === undefined ? undefined : findLiveSession(sessionId, new Date());
    },
  };
}

const signIn = (browser: ReturnType<typeof createBrowser>, email: string, more: Record<string, string> = {}) =>
  browser.post("/api/auth/callback/credentials", { email, password: TEST_PASSWORD, ...more });

describe("signing in at next-auth's own address", () => {
  it("gives a sealed cookie for this host only, whose session is in the database", async () => {
    const { email, id } = await createStaffMember();
    const browser = createBrowser();
    const response = await signIn(browser, email);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/`);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith(`${SESSION}=`));
    expect(cookie).toMatch(
      /^__Host-vestibule\.session=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await browser.session())?.staff.id).toBe(id);
  });

  it("sets no cookie without the __Host- prefix over https", async () => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    await signIn(browser, email);
    expect([...browser.jar.keys()].sort()).toEqual([
      "__Host-vestibule.callback-url",
      "__Host-vestibule.csrf-token",
      "__Host-vestibule.device",
      "__Host-vestibule.session",
    ]);
  });

  it.each([
    ["a wrong password", { password: "wrong" }],
    ["no password", { password: "" }],
    ["an unknown e-mail", { email: "nobody@example.com" }],
    ["a list for an e-mail", { email: "a@example.com,b@example.com" }],
  ])("answers %s with one and the same address, and no session", async (_what, fields) => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    const response = await signIn(browser, email, fields);
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/sign-in?error=CredentialsSignin&code=credentials`);
    expect(browser.jar.has(SESSION)).toBe(false);
  });

  it("is throttled like the form, and says no more than that it failed", async () => {
    const { email, id } = await createStaffMember();
    const browser = createBrowser();
    for (let count = 0; count < 5; count += 1) await signIn(browser, email, { password: "wrong" });
    const response = await signIn(browser, email);
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/sign-in?error=CredentialsSignin&code=credentials`);
    expect(await auditEventsAbout(id)).toHaveLength(5);
    expect(await browser.session()).toBeUndefined();
  });

  it("is throttled with the same answer when another bundle of the process has made the throttle", async () => {
    vi.resetModules();
    const elsewhere = await import("@/lib/staff/sign-in/sign-in-throttle");
    forgetSignInThrottle();
    elsewhere.signInThrottle();
    const { email } = await createStaffMember();
    const browser = createBrowser();
    for (let count = 0; count < 5; count += 1) await signIn(browser, email, { password: "wrong" });
    const response = await signIn(browser, email);
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/sign-in?error=CredentialsSignin&code=credentials`);
  });

  it("leaves a sealed cookie by which the browser is known for 180 days, without the e-mail in it", async () => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    const cookie = (await signIn(browser, email)).headers.getSetCookie().find((line) => line.includes(".device="));
    expect(cookie).toMatch(
      /^__Host-vestibule\.device=[\w.-]+; Path=\/; Expires=[^;]+; Max-Age=15552000; Secure; HttpOnly; SameSite=lax$/,
    );
    const headers = new Headers({ cookie: cookie?.split(";")[0] ?? "" });
    expect(await openDeviceCookieOf(headers)).toEqual({ email, deviceId: expect.stringMatching(/^[\w-]{36}$/) });
    expect(cookie).not.toContain(Buffer.from(email).toString("base64url").slice(0, 12));
    for (const value of ["", "junk", cookie?.split(/[=;]/)[1]?.slice(0, -2), browser.jar.get(SESSION)]) {
      const forged = new Headers({ cookie: `__Host-vestibule.device=${value}` });
      expect(await openDeviceCookieOf(forged)).toBeUndefined();
    }
  });

  it("leaves no such cookie when nobody signed in", async () => {
    const { email } = await createStaffMember();
    const response = await signIn(createBrowser(), email, { password: "wrong" });
    expect(response.headers.getSetCookie().filter((line) => line.includes(".device="))).toEqual([]);
  });

  it("lets a known browser in at an address from which others have failed", async () => {
    const { email, id } = await createStaffMember();
    const browser = createBrowser();
    await signIn(browser, email);
    const known = browser.jar.get("__Host-vestibule.device") ?? "";
    browser.jar.clear();
    for (let count = 0; count < 6; count += 1) await signIn(browser, email, { password: "wrong" });
    await signIn(browser, email);
    expect(await browser.session()).toBeUndefined();
    browser.jar.set("__Host-vestibule.device", known);
    await signIn(browser, email);
    expect((await browser.session())?.staff.id).toBe(id);
  });

  it("is refused without the token of a page of ours", async () => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    const body = new URLSearchParams({ email, password: TEST_PASSWORD, csrfToken: "forged" }).toString();
    const response = await browser.sendRaw("/api/auth/callback/credentials", { method: "POST", body });
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/sign-in?error=MissingCSRF`);
    expect(await browser.session()).toBeUndefined();
  });

  it("ends the session that the browser had before", async () => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    await signIn(browser, email);
    const before = await openSessionCookie(browser.jar.get(SESSION));
    await signIn(browser, email);
    const after = await openSessionCookie(browser.jar.get(SESSION));
    expect(after).not.toBe(before);
    expect(await findLiveSession(before ?? "", new Date())).toBeUndefined();
    expect(await findLiveSession(after ?? "", new Date())).toBeDefined();
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    `${PUBLIC_URL}.evil.example/`,
    `${PUBLIC_URL}@evil.example/`,
    "https:evil.example",
  ])("never sends anybody to %s", async (callbackUrl) => {
    const { email } = await createStaffMember();
    const browser = createBrowser();
    const response = await signIn(browser, email, { callbackUrl });
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}/`);
  });

  it.each([
    ["/audit?page=2", "/audit?page=2"],
    [`${PUBLIC_URL}/audit`, "/audit"],
  ])("returns to %s", async (callbackUrl, path) => {
    const { email } = await createStaffMember();
    const response = await signIn(createBrowser(), email, { callbackUrl });
    expect(response.headers.get("location")).toBe(`${PUBLIC_URL}${path}`);
  });

  it("builds no address from the host that was asked", async () => {
    const { email } = await createStaffMember();
    const browser = createBrowser("http://evil.example");
    expect((await signIn(browser, email, { password: "wrong" })).headers.get("location")).toMatch(
      /^https:\/\/portal\./,
    );
    expect((await signIn(browser, email)).headers.get("location")).toBe(`${PUBLIC_URL}/`);
    expect(await (await browser.get("/api/auth/providers")).json()).toEqual({
      credentials: {
        id: "credentials",
        name: "Credentials",
        type: "credentials",
        signinUrl: `${PUBLIC_URL}/api/auth/signin/credentials`,
        callbackUrl: `${PUBLIC_URL}/api/auth/callback/credentials`,
      },
    });
  });
});

describe("signing out at next-auth's own address", () => {
  it("clears the cookie and makes a copy of it worthless", async () => {
    const { email, id } = await createStaffMember();
    const browser = createBrowser();
    await signIn(browser, email);
    const copied = await openSessionCookie(browser.jar.get(SESSION));
    await browser.post("/api/auth/signout", {});
    expect(browser.jar.has(SESSION)).toBe(false);
    expect(await findLiveSession(copied ?? "", new Date())).toBeUndefined();
    expect((await auditEventsAbout(id)).map(({ action }) => action)).toEqual(["staff.signed_in", "staff.signed_out"]);
  });
});

describe("the rest of next-auth", () => {
  it.each(["signin", "signout", "error", "error?error=Configuration", "signin?error=%3Cscript%3E"])(
    "offers no page of its own at GET %s",
    async (action) => {
      const response = await createBrowser().get(`/api/auth/${action}`);
      expect(response.status).toBe(302);
      expect(response.headers.get("location")).toMatch(/^(?:https:\/\/portal\.example\.org)?\/sign-in(?:\?|$)/);
    },
  );

  it.each([
    ["GET", "session"],
    ["GET", "verify-request"],
    ["GET", "webauthn-options"],
    ["GET", "callback/credentials"],
    ["GET", "signin/credentials"],
    ["GET", ""],
    ["GET", "../../oauth/token"],
    ["GET", "constructor"],
    ["POST", "session"],
    ["POST", "csrf"],
    ["POST", "signin/credentials"],
    ["POST", "callback/github"],
  ])("does not exist at %s %s", async (method, action) => {
    const response = await createBrowser().sendRaw(`/api/auth/${action}`, { method });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });

  it.each(["Bearer %", "Bearer", "Bearer a.b.c", "Basic !"])("is not disturbed by Authorization: %s", async (value) => {
    const response = await createBrowser().sendRaw("/api/auth/csrf", { headers: { authorization: value } });
    expect(response.status).toBe(200);
  });
});
