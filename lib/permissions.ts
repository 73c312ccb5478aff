export const STAFF_ROLES = ["viewer", "manager", "administrator"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Everything that can be asked of a member of staff, by what it is about. */
const PERMISSIONS = [
  "applications:read",
  "applications:write",
  "applications:delete",
  "secrets:write",
  "rooms:read",
  "rooms:write",
  "people:read",
  "people:write",
  /** Lets applications act on behalf of somebody who may sign in to the portal. */
  "staff:allow-impersonation",
  "audit:read",
  /** One's own password and sessions, whatever the role. */
  "account:write",
  "staff:read",
  "staff:write",
  /** Revokes every token of every application. */
  "tokens:revoke-all",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const VIEWER: readonly Permission[] = ["applications:read", "rooms:read", "people:read", "audit:read", "account:write"];
const MANAGER: readonly Permission[] = [
  ...VIEWER,
  "applications:write",
  "applications:delete",
  "secrets:write",
  "rooms:write",
  "people:write",
];

const GRANTED: Record<StaffRole, readonly Permission[]> = {
  viewer: VIEWER,
  manager: MANAGER,
  administrator: PERMISSIONS,
};

/** Returns the least role whose members may do what `permission` names. */
export function leastRoleWith(permission: Permission): StaffRole {
  return STAFF_ROLES.find((role) => isPermitted(role, permission)) ?? "administrator";
}

/** Tells whether members with `role` may do what `permission` names. */
export function isPermitted(role: StaffRole, permission: Permission): boolean {
  return GRANTED[role].includes(permission);
}
