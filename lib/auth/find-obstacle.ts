import "server-only";

import type { Config } from "@/lib/env/config";
import type { Permission } from "@/lib/permissions";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";

/** What keeps somebody who is signed in from all but their own account. */
export type Obstacle = "password_change_required" | "second_factor_required";

/**
 * Returns what somebody has to do on their account page before anything else of the portal answers them: choose a
 * password of their own, or add a second factor where `STAFF_MFA` requires one. Accounts of the organisation need none
 * here: what signing in takes is for its provider to decide. Asked beside every check of a permission.
 */
export function findObstacle(
  session: Pick<StaffSessionView, "mustChangePassword" | "hasSecondFactor" | "signInMethod">,
  permission: Permission | undefined,
  config: Pick<Config, "staffMfa">,
): Obstacle | undefined {
  if (permission === "account:write") return undefined;
  if (session.mustChangePassword) return "password_change_required";
  return mustAddSecondFactor(session, config) ? "second_factor_required" : undefined;
}

/** Whether somebody has no second factor although one is required of them. */
export function mustAddSecondFactor(
  { hasSecondFactor, signInMethod }: Pick<StaffSessionView, "hasSecondFactor" | "signInMethod">,
  { staffMfa }: Pick<Config, "staffMfa">,
): boolean {
  return staffMfa === "required" && signInMethod === "password" && !hasSecondFactor;
}
