import "server-only";

import { forbidden, redirect } from "next/navigation";
import { config } from "@/lib/env/config";
import { log } from "@/lib/observability/logger";
import { isPermitted, type Permission } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { askedPath } from "./asked-path";
import { findObstacle } from "./find-obstacle";
import { findStaffSession } from "./find-staff-session";

export type { StaffSessionView };

/**
 * Returns who is signed in, for a page. Sends everybody else to the sign-in page, and back afterwards. A member whose
 * role does not allow `permission` gets the nearest `forbidden.tsx`, with 403; who has to choose a password or add a
 * second factor first is sent to do so. Call it in the page itself: a layout is not run on every navigation.
 */
export async function requireStaff(permission?: Permission): Promise<StaffSessionView> {
  const session = await findStaffSession();
  if (session === undefined) redirect(routes.signIn({ to: askedPath() }));
  // Before the role is looked at: whoever stands here gets no page of the portal, not even one that names administrators.
  if (findObstacle(session, permission, config()) !== undefined) redirect(routes.account());
  if (permission !== undefined && !isPermitted(session.staff.role, permission)) {
    const detail = `The role ${session.staff.role} lacks ${permission}.`;
    log.info({ event: "page_refused", reason: "forbidden", detail }, "a page was refused");
    forbidden();
  }
  return session;
}
