import "server-only";

import { decode, encode } from "next-auth/jwt";
import { config } from "@/lib/env/config";
import { SESSION_LIFETIME_HOURS } from "@/lib/staff/sessions/staff-session";

export const SESSION_COOKIE_SECONDS = SESSION_LIFETIME_HOURS * 3_600;

export type CookieSettings = {
  name: string;
  options: { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean };
};

/**
 * Returns how a cookie of ours is set. Over https its name begins with `__Host-`, which browsers accept only with
 * `Secure`, `Path=/` and no `Domain`: neither a neighbouring host nor a plain http answer can plant one.
 */
export function cookieSettings(
  purpose: "session" | "device" | "callback-url" | "csrf-token" | "organisation-sign-in" | "pending-sign-in",
): CookieSettings {
  const secure = config().publicUrl.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}vestibule.${purpose}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}

/** Returns the session id sealed in a cookie's value; `undefined` when the value is none of ours or too old. */
export async function openSessionCookie(value: string | undefined): Promise<string | undefined> {
  if (value === undefined || value === "") return undefined;
  try {
    const { name } = cookieSettings("session");
    return readSessionId(await decode({ token: value, secret: config().authSecret, salt: name }));
  } catch {
    // Sealed under another secret, for another cookie, expired, or junk: all of it means "not signed in".
    return undefined;
  }
}

/** Returns a session id sealed for the cookie, good for as long as a session can last. */
export async function sealSessionCookie(sessionId: string): Promise<string> {
  const { name } = cookieSettings("session");
  const { authSecret } = config();
  return encode({ token: { sessionId }, secret: authSecret, salt: name, maxAge: SESSION_COOKIE_SECONDS });
}

/** Returns the session id sealed in the cookie that came with a request. */
export function openSessionCookieOf(headers: Pick<Headers, "get">): Promise<string | undefined> {
  return openSessionCookie(readCookie(headers, cookieSettings("session").name));
}

/** The cookies of an answer: those of a route's response, or of `cookies()` in a server action. */
export type AnswerCookies = {
  set(name: string, value: string, options: CookieSettings["options"] & { maxAge: number }): unknown;
};

/** Makes an answer set the cookie of a session. */
export async function setSessionCookie(jar: AnswerCookies, sessionId: string): Promise<void> {
  const { name, options } = cookieSettings("session");
  jar.set(name, await sealSessionCookie(sessionId), { ...options, maxAge: SESSION_COOKIE_SECONDS });
}

/** Returns the value of a cookie that came with a request. */
export function readCookie(headers: Pick<Headers, "get">, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Reads the session id out of a token's payload or a user object. Being there, or truthy, is not enough. */
export function readSessionId(holder: unknown): string | undefined {
  if (typeof holder !== "object" || holder === null || !("sessionId" in holder)) return undefined;
  return typeof holder.sessionId === "string" && holder.sessionId !== "" ? holder.sessionId : undefined;
}
