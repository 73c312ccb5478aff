import type { Route } from "next";
import type { AuditParty } from "@/lib/audit/log/audit-log.types";
import { routes } from "@/lib/routes";

/** Where somebody or something is shown; undefined when it is gone, or has no page. */
export function linkToParty({ kind, id, exists }: AuditParty): Route | undefined {
  if (id === null || !exists) return undefined;
  if (kind === "application") return routes.applications.detail(id);
  return kind === "room" ? routes.rooms.detail(id) : undefined;
}
