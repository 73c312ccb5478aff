import "server-only";

import { download } from "@/lib/http/download";
import type { ExportFormat } from "@/lib/list/export-format";
import { mapBatches, toCsv, toJson } from "@/lib/list/export-text";
import type { AuditFilter } from "./audit-log.schema";
import type { AuditParty } from "./audit-log.types";
import { type ExportedAuditEvent, readAuditLog } from "./read-audit-log";

const FIELDS = [
  "id",
  "at",
  "action",
  "actor_kind",
  "actor_id",
  "actor_name",
  "on_behalf_of_id",
  "on_behalf_of_name",
  "target_kind",
  "target_id",
  "target_name",
  "ip",
  "request_id",
  "changes",
] as const;

/** Answers with a file of exactly the events that `filter` lets through, however many they are. */
export function exportAuditLog(filter: AuditFilter, format: ExportFormat): Response {
  const batches = readAuditLog(filter);
  return download({
    name: "audit-log",
    format,
    pieces: format === "csv" ? toCsv(FIELDS, mapBatches(batches, toRecord)) : toJson(mapBatches(batches, toObject)),
  });
}

function toRecord(event: ExportedAuditEvent): Record<(typeof FIELDS)[number], string | null> {
  const { id, at, action, actor, onBehalfOf, target, ip, requestId, storedChanges } = event;
  return {
    id,
    at: at.toISOString(),
    action,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    on_behalf_of_id: onBehalfOf?.id ?? null,
    on_behalf_of_name: onBehalfOf?.name ?? null,
    target_kind: target.kind,
    target_id: target.id,
    target_name: target.name,
    ip,
    request_id: requestId,
    changes: JSON.stringify(storedChanges),
  };
}

function toObject(event: ExportedAuditEvent): object {
  const { id, at, action, actor, onBehalfOf, target, ip, requestId, storedChanges } = event;
  return {
    id,
    at,
    action,
    actor: nameParty(actor),
    on_behalf_of: onBehalfOf === null ? null : nameParty(onBehalfOf),
    target: nameParty(target),
    ip,
    request_id: requestId,
    changes: storedChanges,
  };
}

function nameParty({ kind, id, name }: AuditParty) {
  return { kind, id, name };
}
