import "server-only";

import { config } from "@/lib/env/config";
import { problemResponse } from "@/lib/http/problem";
import { isPermitted, type Permission } from "@/lib/permissions";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { openSessionCookieOf } from "./session-cookie";

type StaffRouteOptions = {
  permission: Permission;
  run(request: Request, session: StaffSessionView): Promise<Response> | Response;
};

/**
 * Builds a route of the portal that only reads, such as a file to download: who is signed in and what they may do is
 * checked before `run`. The answers to everybody else are problems, not pages: nobody looks at them.
 */
export function staffRoute({ permission, run }: StaffRouteOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const session = await readSession(request);
    if (session === undefined) return refuse.unauthenticated();
    if (!isPermitted(session.staff.role, permission)) return refuse.forbidden();
    if (session.mustChangePassword) return refuse.passwordChangeRequired();
    return run(request, session);
  };
}

async function readSession({ headers }: Request): Promise<StaffSessionView | undefined> {
  const sessionId = await openSessionCookieOf(headers);
  return sessionId === undefined ? undefined : findLiveSession(sessionId, new Date());
}

const refuse = {
  unauthenticated: () =>
    problemResponse({
      status: 401,
      code: "session_ended",
      detail: "Sign in to the portal first.",
      headers: { "Cache-Control": "no-store", "WWW-Authenticate": `Cookie realm="${config().publicUrl}"` },
    }),
  forbidden: () =>
    problemResponse({
      status: 403,
      code: "forbidden",
      detail: "Your role does not allow this.",
      headers: { "Cache-Control": "no-store" },
    }),
  passwordChangeRequired: () =>
    problemResponse({
      status: 403,
      code: "password_change_required",
      detail: "Choose a password of your own in the portal first.",
      headers: { "Cache-Control": "no-store" },
    }),
};
