import { randomUUID } from "node:crypto";
import type { AuditAction, AuditTargetKind } from "@/lib/audit/audit-event";
import { database } from "@/lib/db/client";

type StoredEvent = {
  at?: Date;
  actorKind?: "staff" | "application" | "system";
  actorId?: string | null;
  onBehalfOfId?: string | null;
  action?: AuditAction;
  targetKind?: AuditTargetKind;
  targetId?: string | null;
  ip?: string | null;
  requestId?: string | null;
  changes?: Record<string, { before: string | string[] | null; after: string | string[] | null }>;
};

/** Stores one event as somebody could have left it, and returns its id. */
export async function storeAuditEvent(event: StoredEvent = {}): Promise<string> {
  const { id } = await database().auditEvent.create({
    data: {
      actorKind: "system",
      action: "application.updated",
      targetKind: "application",
      targetId: randomUUID(),
      ...event,
    },
    select: { id: true },
  });
  return id;
}
