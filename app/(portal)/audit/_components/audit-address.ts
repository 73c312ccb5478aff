import type { Route } from "next";
import type { AuditAddress } from "@/lib/audit/log/audit-log.schema";

/** What the address of the log says besides what it is narrowed to. */
type Place = { before?: string; after?: string };

/** How addresses of one log are written: of the whole one, or of that on the page of an application. */
export type AuditLinks = (address: AuditAddress & Place) => Route;
