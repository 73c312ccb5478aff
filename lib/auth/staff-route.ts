import "server-only";

import { config } from "@/lib/env/config";
import type { PortalReason } from "@/lib/errors/app-reason";
import { problemResponse } from "@/lib/http/problem";
import { toWebResponse } from "@/lib/oauth/http/endpoint-response";
import { isPermitted, type Permission } from "@/lib/permissions";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { findObstacle, type Obstacle } from "./find-obstacle";
import { isSameOrigin } from "./same-origin";
import { openSessionCookieOf } from "./session-cookie";

type StaffRouteOptions = {
  permission: Permission;
  run(request: Request, session: StaffSessionView): Promise<Response> | Response;
};

const TO_DO_FIRST: Readonly<Record<Obstacle, string>> = {
  password_change_required: "Choose a password of your own in the portal first.",
  second_factor_required: "Add a second factor to your account in the portal first.",
};

/**
 * Builds a route of the portal that only reads, such as a file to download: who is signed in and what they may do is
 * checked before `run`. The answers to everybody else are problems, not pages: nobody looks at them. A POST, for what
 * belongs into no address, has to come from a page of ours.
 */
export function staffRoute({ permission, run }: StaffRouteOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "POST" && !isSameOrigin(request.headers, config().publicUrl)) {
      return refuse(403, "forbidden", "The request came from another origin.");
    }
    const session = await readSession(request);
    if (session === undefined) {
      const fields = { "WWW-Authenticate": `Cookie realm="${config().publicUrl}"` };
      return refuse(401, "session_ended", "Sign in to the portal first.", fields);
    }
    if (!isPermitted(session.staff.role, permission)) return refuse(403, "forbidden", "Your role does not allow this.");
    const obstacle = findObstacle(session, permission, config());
    if (obstacle !== undefined) return refuse(403, obstacle, TO_DO_FIRST[obstacle]);
    return run(request, session);
  };
}

async function readSession({ headers }: Request): Promise<StaffSessionView | undefined> {
  const sessionId = await openSessionCookieOf(headers);
  return sessionId === undefined ? undefined : findLiveSession(sessionId, new Date());
}

function refuse(
  status: 401 | 403,
  code: PortalReason,
  detail: string,
  fields: Readonly<Record<string, string>> = {},
): Response {
  return toWebResponse(problemResponse({ status, code, detail, headers: { "Cache-Control": "no-store", ...fields } }));
}
