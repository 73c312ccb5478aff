import "server-only";

import { type AnswerCookies, cookieSettings } from "@/lib/auth/session-cookie";
import { PENDING_SIGN_IN_MINUTES } from "@/lib/staff/sign-in/pending/pending-sign-in";

/** Makes an answer to whoever has given the right password leave the token of their pending sign-in. */
export function setPendingCookie(jar: AnswerCookies, token: string): void {
  const { name, options } = cookieSettings("pending-sign-in");
  jar.set(name, token, { ...options, maxAge: PENDING_SIGN_IN_MINUTES * 60 });
}

/** Makes an answer take it back. */
export function clearPendingCookie(jar: AnswerCookies): void {
  const { name, options } = cookieSettings("pending-sign-in");
  jar.set(name, "", { ...options, maxAge: 0 });
}
