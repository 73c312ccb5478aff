import "server-only";

import { STAFF_ROLES, type StaffRole } from "@/lib/permissions";

/** Returns the most powerful role that one of `values` stands for; `undefined` when none of them stands for any. */
export function toStaffRole(
  values: readonly string[],
  roleMap: Readonly<Record<string, StaffRole>>,
): StaffRole | undefined {
  const roles = new Set(values.filter((value) => Object.hasOwn(roleMap, value)).map((value) => roleMap[value]));
  return STAFF_ROLES.toReversed().find((role) => roles.has(role));
}
