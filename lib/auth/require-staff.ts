import "server-only";

import { redirect } from "next/navigation";
import { AppError } from "@/lib/errors/app-error";
import { isPermitted, type Permission } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { findStaffSession } from "./find-staff-session";

export type { StaffSessionView };

/**
 * Returns who is signed in, for a page. Sends everybody else to the sign-in page, and throws AppError `forbidden` for a
 * member whose role does not allow `permission`; who has to choose a password first is sent to do so. Call it in the
 * page itself: a layout is not run on every navigation.
 */
export async function requireStaff(permission?: Permission): Promise<StaffSessionView> {
  const session = await findStaffSession();
  if (session === undefined) redirect(routes.signIn());
  if (permission !== undefined && !isPermitted(session.staff.role, permission)) {
    throw new AppError("forbidden", "forbidden", { detail: `The role ${session.staff.role} lacks ${permission}.` });
  }
  if (session.mustChangePassword && permission !== "account:write") redirect(routes.account());
  return session;
}
