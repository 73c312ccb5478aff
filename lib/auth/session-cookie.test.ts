import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { testConfig } from "@/lib/testing/test-config";
import { cookieSettings, openSessionCookie, readSessionId } from "./session-cookie";

const SECRET = testConfig().authSecret;
const SALT = "vestibule.session";

beforeEach(() => setConfig(testConfig()));
afterEach(() => setConfig(undefined));

const seal = (token: Record<string, unknown>, changes: { secret?: string; salt?: string; maxAge?: number } = {}) =>
  encode({ token, secret: SECRET, salt: SALT, ...changes });

describe("cookieSettings", () => {
  it("ties cookies to this very host over https", () => {
    setConfig(testConfig({ publicUrl: "https://portal.example.org" }));
    expect(cookieSettings("session")).toEqual({
      name: "__Host-vestibule.session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
  });

  it("does without the prefix on a loopback host, where there is no https", () => {
    expect(cookieSettings("session")).toEqual({
      name: "vestibule.session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
    });
  });
});

describe("openSessionCookie", () => {
  it("returns the session id that was sealed, which cannot be read from outside", async () => {
    const sessionId = randomUUID();
    const value = await seal({ sessionId });
    expect(value).not.toContain(sessionId);
    expect(Buffer.from(value.split(".").join(""), "base64url").toString("latin1")).not.toContain(sessionId);
    expect(await openSessionCookie(value)).toBe(sessionId);
  });

  it.each([
    ["nothing", undefined],
    ["an empty value", ""],
    ["a bare session id", randomUUID()],
    ["junk", "a.b.c.d.e"],
    ["a JWT without a signature", "eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4In0."],
    ["a percent sign", "%"],
    ["a megabyte", "a".repeat(1_000_000)],
  ])("means not signed in for %s", async (_what, value) => {
    expect(await openSessionCookie(value)).toBeUndefined();
  });

  it("refuses what was sealed under another secret", async () => {
    const value = await seal({ sessionId: randomUUID() }, { secret: "another-value-that-protects-nothing-at-all" });
    expect(await openSessionCookie(value)).toBeUndefined();
  });

  it("refuses another cookie of ours in the place of the session", async () => {
    for (const salt of ["vestibule.csrf-token", "__Host-vestibule.session", "authjs.session-token", ""]) {
      expect(await openSessionCookie(await seal({ sessionId: randomUUID() }, { salt }))).toBeUndefined();
    }
  });

  it("refuses one that is too old", async () => {
    expect(await openSessionCookie(await seal({ sessionId: randomUUID() }, { maxAge: -60 }))).toBeUndefined();
  });

  it("refuses a changed one", async () => {
    const parts = (await seal({ sessionId: randomUUID() })).split(".");
    const other = parts[3]?.startsWith("A") ? "B" : "A";
    const changed = parts.map((part, index) => (index === 3 ? `${other}${part.slice(1)}` : part)).join(".");
    expect(await openSessionCookie(changed)).toBeUndefined();
  });

  it("refuses a sealed token that names no session, such as one of an unfinished sign-in", async () => {
    for (const token of [{}, { sub: randomUUID(), email: "ana@example.com" }, { sessionId: "" }, { sessionId: 1 }]) {
      expect(await openSessionCookie(await seal(token))).toBeUndefined();
    }
  });
});

describe("readSessionId", () => {
  it.each([
    undefined,
    null,
    true,
    "session",
    [],
    {},
    { message: "There was a problem with the server configuration." },
    { sessionId: true },
    { sessionId: null },
    { sessionId: "" },
    { sessionId: { length: 1 } },
    new Error("x"),
  ])("takes %j for nobody", (holder) => {
    expect(readSessionId(holder)).toBeUndefined();
  });
});
