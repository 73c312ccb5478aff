import "server-only";

import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { problemResponse } from "@/lib/http/problem";
import { readStaffSession } from "@/lib/staff/read-staff-session";
import type { StaffSessionView } from "@/lib/staff/staff-session.types";
import { isPermitted, type Permission } from "./permissions";
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
    try {
      return await run(request, await requireSession(request, permission));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return refusals[error.code === "unauthenticated" ? "unauthenticated" : "forbidden"]();
    }
  };
}

async function requireSession(request: Request, permission: Permission): Promise<StaffSessionView> {
  const sessionId = await openSessionCookieOf(request.headers);
  const session = sessionId === undefined ? undefined : await readStaffSession(sessionId, new Date());
  if (session === undefined) throw new AppError("unauthenticated", "session_ended");
  if (!isPermitted(session.staff.role, permission)) throw new AppError("forbidden", "forbidden");
  return session;
}

const refusals = {
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
};
