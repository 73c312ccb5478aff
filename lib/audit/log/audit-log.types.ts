import type { AuditTargetKind, AuditValue } from "@/lib/audit/audit-event";

/** Who or what an event names. A `system` party has no id, and a pick-up link no name. */
export type AuditPartyKind = AuditTargetKind | "pick_up_link" | "system";

export type AuditParty = {
  kind: AuditPartyKind;
  id: string | null;
  /** As it is called now, or as it was last called; null when nobody knows any more. */
  name: string | null;
  /** Whether it still exists, so that a link to it leads somewhere. */
  exists: boolean;
};

/**
 * What happened to one field. Of a list, only what came and what went: the rest is noise. `isNew` when there was
 * nothing before: then it is a fact about something new, and no change.
 */
export type AuditFieldChange = { field: string; isNew: boolean } & (
  | { kind: "list"; added: string[]; removed: string[] }
  | { kind: "value"; before: AuditValue; after: AuditValue }
);

/** One event as staff read it. */
export type AuditLogEntry = {
  id: string;
  at: Date;
  /** One of `AUDIT_FIELDS`, unless a newer version of the product wrote it. */
  action: string;
  actor: AuditParty;
  /** The person an application acted for. */
  onBehalfOf: AuditParty | null;
  target: AuditParty;
  ip: string | null;
  requestId: string | null;
  changes: AuditFieldChange[];
};

/** A page of the log. It is read from an event on, never counted: the log only grows, and it may be long. */
export type AuditLogPage = {
  entries: AuditLogEntry[];
  /** The id after which older events go on; null on the last page. */
  olderThan: string | null;
  /** The id before which newer events are; null on the first page. */
  newerThan: string | null;
};
