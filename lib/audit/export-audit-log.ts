import "server-only";

import { type ExportFormat, exportResponse } from "@/lib/http/export-response";
import type { AuditFilter } from "./audit-log.schema";
import type { AuditParty } from "./audit-log.types";
import { type ExportedAuditEvent, readAuditLog } from "./read-audit-log";

/** Answers with a file of exactly the events that `filter` lets through, however many they are. */
export function exportAuditLog(filter: AuditFilter, format: ExportFormat): Response {
  return exportResponse({
    format,
    name: "audit-log",
    columns: COLUMNS,
    toJson: ({ storedChanges, id, at, action, actor, onBehalfOf, target, ip, requestId }) => ({
      id,
      at,
      action,
      actor: nameParty(actor),
      on_behalf_of: onBehalfOf === null ? null : nameParty(onBehalfOf),
      target: nameParty(target),
      ip,
      request_id: requestId,
      changes: storedChanges,
    }),
    batches: readAuditLog(filter),
  });
}

const COLUMNS: Parameters<typeof exportResponse<ExportedAuditEvent>>[0]["columns"] = {
  id: ({ id }) => id,
  at: ({ at }) => at.toISOString(),
  action: ({ action }) => action,
  actor_kind: ({ actor }) => actor.kind,
  actor_id: ({ actor }) => actor.id,
  actor_name: ({ actor }) => actor.name,
  on_behalf_of_id: ({ onBehalfOf }) => onBehalfOf?.id,
  on_behalf_of_name: ({ onBehalfOf }) => onBehalfOf?.name,
  target_kind: ({ target }) => target.kind,
  target_id: ({ target }) => target.id,
  target_name: ({ target }) => target.name,
  ip: ({ ip }) => ip,
  request_id: ({ requestId }) => requestId,
  changes: ({ storedChanges }) => JSON.stringify(storedChanges),
};

function nameParty({ kind, id, name }: AuditParty) {
  return { kind, id, name };
}
