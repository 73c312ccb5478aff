import { randomUUID } from "node:crypto";
import { Auth, raw, skipCSRFCheck } from "@auth/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSessionCookie } from "@/lib/auth/session-cookie";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { authConfig } from "./auth-config";
import { signInWithPassword } from "./sign-in-with-password";
import { signOut } from "./sign-out";

const ORIGIN = "http://localhost:3000";
const SESSION = "vestibule.session";
const browser = vi.hoisted(() => ({ jar: new Map<string, string>(), headers: {} as Record<string, string> }));

vi.mock("next/headers", () => ({
  headers: async () => new Headers(browser.headers),
  cookies: async () => ({
    get: (name: string) => (browser.jar.has(name) ? { name, value: browser.jar.get(name) } : undefined),
    set: (name: string, value: string) => void browser.jar.set(name, value),
  }),
}));

/** What next-auth's signIn and signOut do inside a server action, around the same engine and with our own settings. */
vi.mock("./next-auth", () => {
  async function run(action: string, fields: Record<string, string>): Promise<unknown> {
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...browser.headers, cookie, "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(fields).toString();
    const request = new Request(`${ORIGIN}/api/auth/${action}`, { method: "POST", headers, body });
    const answer = await Auth(request, { ...authConfig(), raw, skipCSRFCheck });
    for (const { name, value, options } of answer.cookies ?? []) {
      if (options.maxAge === 0) browser.jar.delete(name);
      else browser.jar.set(name, value);
    }
    return answer instanceof Response ? answer.headers.get("location") : answer.redirect;
  }
  return {
    signIn: (provider: string, { redirect: _, ...fields }: Record<string, string>) =>
      run(`callback/${provider}`, fields),
    signOut: () => run("signout", {}),
  };
});

useTestDatabase();

let address = 0;
beforeEach(() => {
  setConfig(testConfig({ publicUrl: ORIGIN }));
  browser.jar = new Map();
  browser.headers = { origin: ORIGIN, host: "localhost:3000" };
  address += 1;
});
afterEach(() => setConfig(undefined));

/** Runs what a server action runs, in a request of an address of its own. */
const inRequest = <Result>(run: () => Promise<Result>) =>
  runWithRequestContext({ clientAddress: `192.0.2.${address}`, requestId: randomUUID() }, run);

const signIn = (email: string, password = TEST_PASSWORD) => inRequest(() => signInWithPassword({ email, password }));

const currentSession = async () =>
  findLiveSession((await openSessionCookie(browser.jar.get(SESSION))) ?? "", new Date());

describe("signInWithPassword", () => {
  it("signs in", async () => {
    const { id, email } = await createStaffMember();
    await signIn(email);
    expect((await currentSession())?.staff.id).toBe(id);
  });

  it("knows the browser again after it has signed out, and lets it in whatever strangers at its address have failed at", async () => {
    const { id, email } = await createStaffMember();
    await signIn(email);
    await inRequest(signOut);
    const known = browser.jar;
    browser.jar = new Map();
    for (let count = 0; count < 5; count += 1) await signIn(email, "wrong").catch(() => {});
    await expect(signIn(email)).rejects.toMatchObject({ reason: "sign_in_throttled" });
    browser.jar = known;
    await signIn(email);
    expect((await currentSession())?.staff.id).toBe(id);
  });

  it.each([
    ["a wrong password", undefined, "wrong"],
    ["an unknown e-mail", "nobody@example.com", TEST_PASSWORD],
    ["no e-mail", "", ""],
  ])("throws the one reason for %s and sets no cookie", async (_what, unknown, password) => {
    const { email } = await createStaffMember();
    await expect(signIn(unknown ?? email, password)).rejects.toMatchObject({
      name: "AppError",
      code: "unauthenticated",
      reason: "sign_in_failed",
    });
    expect(browser.jar.has(SESSION)).toBe(false);
  });

  it("fails just so for a request that asks next-auth to answer with an address instead of an exception", async () => {
    const { email } = await createStaffMember();
    browser.headers["x-auth-return-redirect"] = "1";
    await expect(signIn(email, "wrong")).rejects.toMatchObject({ reason: "sign_in_failed" });
  });

  it("says when it is throttled", async () => {
    const { email } = await createStaffMember();
    for (let count = 0; count < 5; count += 1) await signIn(email, "wrong").catch(() => {});
    await expect(signIn(email)).rejects.toMatchObject({ code: "unavailable", reason: "sign_in_throttled" });
  });

  it("passes an outage on as what it is", async () => {
    const outage = new Error("the database is gone");
    vi.spyOn(database().staffMember, "verifySecret").mockRejectedValue(outage);
    await expect(signIn("ana@example.com")).rejects.toBe(outage);
  });

  it("lets nobody in under a broken configuration", async () => {
    const { email } = await createStaffMember();
    setConfig(testConfig({ publicUrl: ORIGIN, authSecret: "" }));
    await expect(signIn(email)).rejects.toThrow(/did not ask for the credentials/);
    expect(browser.jar.has(SESSION)).toBe(false);
  });

  it.each([
    ["another site", { origin: "https://evil.example", host: "localhost:3000" }],
    ["an opaque origin", { origin: "null" }],
    ["no origin", {}],
  ])("refuses a request from %s before it looks at the password", async (_what, headers) => {
    const { id, email } = await createStaffMember();
    browser.headers = headers;
    await expect(signIn(email)).rejects.toMatchObject({ code: "forbidden", reason: "forbidden" });
    expect(await auditEventsAbout(id)).toEqual([]);
  });
});

describe("signOut", () => {
  it("clears the cookie, and a copy of it is worthless from then on", async () => {
    const { id, email } = await createStaffMember();
    await signIn(email);
    const copy = browser.jar.get(SESSION) ?? "";
    await inRequest(() => signOut());
    expect(browser.jar.has(SESSION)).toBe(false);
    browser.jar.set(SESSION, copy);
    expect(await currentSession()).toBeUndefined();
    expect((await auditEventsAbout(id)).map(({ action }) => action)).toEqual(["staff.signed_in", "staff.signed_out"]);
  });

  it("has the browser forget pages and stored data, and no cookies of neighbours", async () => {
    const { email } = await createStaffMember();
    await signIn(email);
    const fields: [string, string][] = [];
    const context = {
      clientAddress: "192.0.2.1",
      requestId: randomUUID(),
      setAnswerField: (...field: [string, string]) => void fields.push(field),
    };
    await runWithRequestContext(context, () => signOut());
    expect(fields).toEqual([["Clear-Site-Data", '"cache", "storage"']]);
  });

  it("does nothing for somebody who is not signed in", async () => {
    await expect(inRequest(() => signOut())).resolves.toBeUndefined();
  });

  it("refuses a request from another site and leaves the session alone", async () => {
    const { email } = await createStaffMember();
    await signIn(email);
    browser.headers = { origin: "https://evil.example" };
    await expect(inRequest(() => signOut())).rejects.toMatchObject({ reason: "forbidden" });
    expect(await currentSession()).toBeDefined();
  });
});
