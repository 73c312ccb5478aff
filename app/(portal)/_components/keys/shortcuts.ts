import type { Route } from "next";
import { isPermitted, type Permission, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";

/** What a key does that leads to no page. */
type Act = "search" | "help";
type Place = "create" | "home" | "applications" | "activity" | "rooms" | "people" | "audit" | "staff" | "developers";

/** Keys pressed by themselves, one after the other, and the page that they lead to, unless they do something here. */
export type Shortcut = { id: Act; keys: string; href?: undefined } | { id: Place; keys: string; href: Route };

/** Every key of the portal but Ctrl+K, in the order in which they are listed: whoever presses one and whoever reads of it. */
export const SHORTCUTS: readonly (Shortcut & { permission?: Permission })[] = [
  { id: "search", keys: "/" },
  { id: "create", keys: "c", href: routes.applications.new(), permission: "applications:write" },
  { id: "home", keys: "g h", href: routes.home(), permission: "applications:read" },
  { id: "applications", keys: "g a", href: routes.applications.list(), permission: "applications:read" },
  // Its "a" is taken: traffic.
  { id: "activity", keys: "g t", href: routes.activity(), permission: "applications:read" },
  { id: "rooms", keys: "g r", href: routes.rooms.list(), permission: "rooms:read" },
  { id: "people", keys: "g p", href: routes.people.list(), permission: "people:read" },
  { id: "audit", keys: "g l", href: routes.audit.list(), permission: "audit:read" },
  { id: "staff", keys: "g s", href: routes.staff.list(), permission: "staff:read" },
  { id: "developers", keys: "g d", href: routes.developers.start(), permission: "applications:read" },
  { id: "help", keys: "?" },
];

/** Returns the keys that a role has something from. */
export function listShortcuts(role: StaffRole): Shortcut[] {
  return SHORTCUTS.flatMap(({ permission, ...shortcut }) =>
    permission === undefined || isPermitted(role, permission) ? [shortcut] : [],
  );
}
