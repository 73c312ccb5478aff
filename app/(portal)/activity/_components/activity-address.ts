import type { Route } from "next";
import type { ActivityFilter } from "@/lib/activity/log/activity-log.schema";
import { routes } from "@/lib/routes";

/** What the address of the log says besides its filters. */
type Place = { before?: string; after?: string; request?: string };

/** Addresses of one log: that of an application, whose id is in the path, or that of all of them. */
export type ActivityAddress = (filter: ActivityFilter & Place) => Route;

/** Returns how addresses of the log of an application, or of all of them, are written. */
export function addressOfLog(applicationId: string | undefined): ActivityAddress {
  if (applicationId === undefined) return (filter) => routes.activity(filter);
  return ({ application: _, ...filter }) => routes.applications.activity(applicationId, filter);
}
