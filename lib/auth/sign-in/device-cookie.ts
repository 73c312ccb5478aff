import "server-only";

import { randomUUID } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { type AnswerCookies, cookieSettings, readCookie } from "@/lib/auth/session-cookie";
import { config } from "@/lib/env/config";
import type { KnownDevice } from "@/lib/staff/sign-in/authenticate-staff";
import { parseStaffEmail } from "@/lib/staff/staff-email";

export const DEVICE_COOKIE_DAYS = 180;

const SECONDS = DEVICE_COOKIE_DAYS * 86_400;

/**
 * Returns whose browser a request comes from, by the cookie that their last sign-in has left; `undefined` for none of
 * ours. It proves nothing about who is sitting there: it only gives their attempts a counter of their own.
 */
export async function openDeviceCookieOf(headers: Pick<Headers, "get">): Promise<KnownDevice | undefined> {
  const { name } = cookieSettings("device");
  const value = readCookie(headers, name);
  if (value === undefined || value === "") return undefined;
  try {
    const token = await decode({ token: value, secret: config().authSecret, salt: name });
    const { email, deviceId } = token ?? {};
    return typeof email === "string" && typeof deviceId === "string" ? { email, deviceId } : undefined;
  } catch {
    // Sealed under another secret, for another cookie, expired, or junk.
    return undefined;
  }
}

/** Makes an answer to somebody who has just signed in leave the cookie by which their browser is known. */
export async function setDeviceCookie(jar: AnswerCookies, email: string): Promise<void> {
  const { name, options } = cookieSettings("device");
  const token = { email: parseStaffEmail(email) ?? "", deviceId: randomUUID() };
  const value = await encode({ token, secret: config().authSecret, salt: name, maxAge: SECONDS });
  jar.set(name, value, { ...options, maxAge: SECONDS });
}
