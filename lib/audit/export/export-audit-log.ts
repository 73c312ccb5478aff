import "server-only";

import { download } from "@/lib/http/download";
import type { ExportFormat } from "@/lib/list/export-format";
import { mapBatches, toCsv, toJson } from "@/lib/list/export-text";
import { findAuditChainHead } from "../chain/find-audit-chain-head";
import type { AuditParty } from "../log/audit-log.types";
import type { AuditView } from "../log/get-audit-view";
import { countAuditRows } from "../log/list-audit-rows";
import { toExportAbout, toExportName } from "./export-about";
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

type ExportAuditLog = { view: Pick<AuditView, "filter" | "involved">; format: ExportFormat; now: Date; zone: string };

/**
 * Answers with a file of exactly the events that a view of the log lets through, however many they are, which says what it
 * holds: in its name, and as JSON in its first line. In a file of CSV the first line is the names of the columns, as its
 * media type promises: programs and spreadsheets would take another one for them.
 */
export async function exportAuditLog({ view, format, now, zone }: ExportAuditLog): Promise<Response> {
  const batches = listAuditEventBatches(view.filter);
  const { value: first, done: isDone } = await batches.next();
  // Counted up to the newest one that is in it: nothing that arrives meanwhile is.
  const newest = first?.[0];
  const events = newest === undefined ? 0 : await countAuditRows(view.filter, newest);
  const about = toExportAbout({ events, ...view, chain: await findAuditChainHead(), at: now, zone });
  const all = withFirst(isDone ? [] : first, batches);
  return download({
    name: toExportName(about),
    format,
    pieces:
      format === "csv"
        ? toCsv(Object.keys(COLUMNS), mapBatches(all, toRecord))
        : toJson(mapBatches(all, toObject), { about, rows: "events" }),
  });
}

/** What was read to know what there is belongs to the file, and the rest is read while that is sent. */
async function* withFirst<Batch>(first: Batch, rest: AsyncGenerator<Batch>): AsyncGenerator<Batch> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
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
