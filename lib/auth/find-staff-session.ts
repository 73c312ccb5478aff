import "server-only";

import { cookies } from "next/headers";
import { cache } from "react";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { cookieSettings, openSessionCookie } from "./session-cookie";

/**
 * Returns the live session of the request being handled, read from the database once a request; `undefined` without
 * one.
 */
export const findStaffSession = cache(() => find(false));

/** The same for what a page asks by itself, while nobody may be there: the session does not count as used. */
export const peekStaffSession = cache(() => find(true));

async function find(isUnattended: boolean): Promise<StaffSessionView | undefined> {
  const jar = await cookies();
  const sessionId = await openSessionCookie(jar.get(cookieSettings("session").name)?.value);
  return sessionId === undefined ? undefined : findLiveSession(sessionId, new Date(), { isUnattended });
}
