export const STAFF_ROLES = ["viewer", "manager", "administrator"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const PERMISSIONS = ["applications:read", "applications:write"] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Record<StaffRole, readonly Permission[]> = {
  viewer: ["applications:read"],
  manager: ["applications:read", "applications:write"],
  administrator: ["applications:read", "applications:write"],
};

/** Tells whether members with `role` may do what `permission` names. */
export function isPermitted(role: StaffRole, permission: Permission): boolean {
  return GRANTED[role].includes(permission);
}
