import { z } from "zod";
import { AUDIT_ACTIONS, AUDIT_TARGET_KINDS, type AuditGroup } from "@/lib/audit/audit-event";
import { moment, optional, zone } from "@/lib/list/address-values";
import { EXPORT_FORMATS } from "@/lib/list/export-format";
import { oneLine } from "@/lib/text";
import { DAY_MS, DEFAULT_TIME_ZONE } from "@/lib/time";
import { localIn } from "@/lib/time-zone";

export const AUDIT_EVENTS_PER_PAGE = 50;

/** What actions begin with: a filter for everything of one part. */
export const AUDIT_GROUPS = [...new Set(AUDIT_ACTIONS.map((action) => action.split(".")[0] as AuditGroup))];

/** How many days a range goes back, today among them, by the name that the address has for it. */
const AUDIT_RANGES = { today: 1, "7d": 7, "30d": 30 } as const;
export type AuditRange = keyof typeof AUDIT_RANGES;
export const AUDIT_RANGE_NAMES = Object.keys(AUDIT_RANGES) as AuditRange[];

/** The kinds of events that can be read apart; `all` has what the portal does by itself as well. */
export const AUDIT_KINDS = ["staff", "sign_in", "application", "all"] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** As long as an e-mail address can be. */
const INVOLVED_LENGTH_MAX = 320;

const ACTOR_KINDS = ["staff", "application", "pick_up_link", "system"] as const;
export type AuditActorKind = (typeof ACTOR_KINDS)[number];

/** What the log can be narrowed to, as it stands in an address. */
const filters = {
  /** Who or what is actor, target or acted for: a kind and an id (`person:…`), or what somebody typed to find them. */
  involving: optional(oneLine(INVOLVED_LENGTH_MAX).min(1)),
  kind: optional(z.enum(AUDIT_KINDS)),
  from: optional(moment),
  to: optional(moment),
  zone: optional(zone),
  /** An action, or the part of the product before its dot. */
  action: optional(z.enum([...AUDIT_ACTIONS, ...AUDIT_GROUPS])),
  ip: optional(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[0-9a-f:.]{2,45}$/),
  ),
  request: optional(
    z
      .string()
      .trim()
      .regex(/^[\w.-]{1,64}$/),
  ),
  /** `staff`, `application`, `pick_up_link` or `system`, alone or with `:` and the id of one of them. */
  actor: optional(z.string().regex(new RegExp(`^(?:${ACTOR_KINDS.join("|")})(?::${idPattern()})?$`))),
  /** A kind of target, alone or with `:` and the id of one. */
  target: optional(z.string().regex(new RegExp(`^(?:${AUDIT_TARGET_KINDS.join("|")})(?::${idPattern()})?$`))),
  /** The person acted for. */
  person: optional(z.uuid()),
};

const filterSchema = z.object(filters);
/** What events have to be like. A range of the address is a time in it, and whoever is involved is known by kind and id. */
export type AuditFilter = z.output<typeof filterSchema> & { range?: never };

const address = {
  ...filters,
  /** The days up to today in the reader's zone; a time of its own replaces it. */
  range: optional(z.enum(AUDIT_RANGE_NAMES)),
};

export const auditAddressSchema = z.object(address);
/** What the address of the log says. */
export type AuditAddress = z.output<typeof auditAddressSchema>;

/** The address of the log: its filters, and the event to go on from. */
export const auditLogParams = z.object({
  ...address,
  /** Shows what is older than this event. */
  before: optional(z.uuid()),
  /** Shows what is newer than this event. */
  after: optional(z.uuid()),
});

/** A file holds every kind of event unless its address names one: a script that archives the log must not miss any. */
export const auditExportParams = z.object({
  ...address,
  kind: z.enum(AUDIT_KINDS).catch("all"),
  format: z.enum(EXPORT_FORMATS).catch("csv"),
});

export type ListAuditEventsParams = AuditFilter & { before?: string | undefined; after?: string | undefined };

/** Which range is chosen; undefined for all time, and for one with a beginning or an end of its own. */
export function rangeOf({ range, from, to }: Pick<AuditAddress, "range" | "from" | "to">): AuditRange | undefined {
  return from === undefined && to === undefined ? range : undefined;
}

/**
 * Which kind of events is shown. What staff changed comes first, unless the address asks for events that may be of any
 * kind: what one action, address or request did, or who is named in one place.
 */
export function kindOf(filter: Omit<AuditAddress, "range">): AuditKind {
  return filter.kind ?? defaultKindOf(filter);
}

/** The same address with another kind, which is left out where it goes without saying. */
export function withKind(address: AuditAddress, kind: AuditKind): AuditAddress {
  return { ...address, kind: kind === defaultKindOf(address) ? undefined : kind };
}

function defaultKindOf({ action, ip, request, actor, target, person }: Omit<AuditAddress, "range">): AuditKind {
  return [action, ip, request, actor, target, person].every((value) => value === undefined) ? "staff" : "all";
}

/** The filter that an address stands for, where it says whom it involves by kind and id; a range begins with a day of `zone`. */
export function toAuditFilter(address: AuditAddress, { now, zone }: { now: Date; zone: string }): AuditFilter {
  const { range: _, ...filter } = address;
  const range = rangeOf(address);
  if (range === undefined) return filter;
  const today = Date.parse(localIn(zone, now).slice(0, 10));
  const first = new Date(today - (AUDIT_RANGES[range] - 1) * DAY_MS).toISOString().slice(0, 10);
  return { ...filter, from: first, zone: zone === DEFAULT_TIME_ZONE ? undefined : zone };
}

function idPattern(): string {
  return "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
}
