import "server-only";

import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isUuid } from "@/lib/uuid";
import type { AuditLogEntry } from "./audit-log.types";
import { auditEventSelect, toAuditLogEntries } from "./audit-projection";

/** Reads one event. Throws AppError `not_found` for an unknown id and for what is no id at all. */
export async function getAuditEvent(eventId: string): Promise<AuditLogEntry> {
  const row = isUuid(eventId)
    ? await database().auditEvent.findUnique({ where: { id: eventId }, select: auditEventSelect })
    : null;
  const [entry] = row === null ? [] : await toAuditLogEntries([row]);
  if (entry === undefined) throw new AppError("not_found", "not_found");
  return entry;
}
