import "server-only";

import { download } from "@/lib/http/download";
import type { ExportFormat } from "@/lib/list/export-format";
import { mapBatches, toCsv, toJson } from "@/lib/list/export-text";
import type { AuditFilter } from "./audit-log.schema";
import type { AuditParty } from "./audit-log.types";
import { type ExportedAuditEvent, listAuditEventBatches } from "./list-audit-event-batches";

/** The columns of the table, in its order. */
const COLUMNS: Readonly<Record<string, (event: ExportedAuditEvent) => string | null>> = {
  id: ({ id }) => id,
  at: ({ at }) => at.toISOString(),
  action: ({ action }) => action,
  actor_kind: ({ actor }) => actor.kind,
  actor_id: ({ actor }) => actor.id,
  actor_name: ({ actor }) => actor.name,
  on_behalf_of_id: ({ onBehalfOf }) => onBehalfOf?.id ?? null,
  on_behalf_of_name: ({ onBehalfOf }) => onBehalfOf?.name ?? null,
  target_kind: ({ target }) => target.kind,
  target_id: ({ target }) => target.id,
  target_name: ({ target }) => target.name,
  ip: ({ ip }) => ip,
  request_id: ({ requestId }) => requestId,
  changes: ({ storedChanges }) => JSON.stringify(storedChanges),
};

/** Answers with a file of exactly the events that `filter` lets through, however many they are. */
export function exportAuditLog(filter: AuditFilter, format: ExportFormat): Response {
  const batches = listAuditEventBatches(filter);
  return download({
    name: "audit-log",
    format,
    pieces:
      format === "csv"
        ? toCsv(Object.keys(COLUMNS), mapBatches(batches, toRecord))
        : toJson(mapBatches(batches, toObject)),
  });
}

function toRecord(event: ExportedAuditEvent): Record<string, string | null> {
  return Object.fromEntries(Object.entries(COLUMNS).map(([name, read]) => [name, read(event)]));
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
