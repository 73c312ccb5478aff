import { z } from "zod";
import { AUDIT_ACTIONS, AUDIT_TARGET_KINDS, type AuditGroup } from "@/lib/audit/audit-event";
import { EXPORT_FORMATS } from "@/lib/list/export-format";
import { isMoment, MOMENT_MAX, MOMENT_MIN } from "@/lib/time";
import { DEFAULT_TIME_ZONE, isTimeZone, momentIn } from "@/lib/time-zone";

export const AUDIT_EVENTS_PER_PAGE = 50;

/** What actions begin with: a filter for everything of one part. */
export const AUDIT_GROUPS = [...new Set(AUDIT_ACTIONS.map((action) => action.split(".")[0] as AuditGroup))];

const ACTOR_KINDS = ["staff", "application", "system"] as const;
export type AuditActorKind = (typeof ACTOR_KINDS)[number];

/** `2026-11-24`, or with `T07:05` or `T07:05:30` behind it, in the zone that the address names. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/;

const moment = z
  .string()
  .regex(MOMENT)
  // Date reads 30 February as 2 March.
  .refine((text) => {
    const asUtc = momentIn(DEFAULT_TIME_ZONE, text);
    return isMoment(asUtc) && asUtc.toISOString().startsWith(text);
  });

/** The zone of `from` and `to`: a link means the same to whoever follows it. Without it they are in UTC. */
const zone = z.string().refine(isTimeZone);

/** A text that is left out when it is empty or wrong: a link that somebody cut must still open the log. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** What the log can be narrowed to, as it stands in an address. */
const filters = {
  /** `staff`, `application` or `system`, alone or with `:` and the id of one of them. */
  actor: optional(z.string().regex(new RegExp(`^(?:${ACTOR_KINDS.join("|")})(?::${idPattern()})?$`))),
  /** An action, or the part of the product before its dot. */
  action: optional(z.enum([...AUDIT_ACTIONS, ...AUDIT_GROUPS])),
  /** A kind of target, alone or with `:` and the id of one. */
  target: optional(z.string().regex(new RegExp(`^(?:${AUDIT_TARGET_KINDS.join("|")})(?::${idPattern()})?$`))),
  /** The person acted for. */
  person: optional(z.uuid()),
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
  from: optional(moment),
  to: optional(moment),
  zone: optional(zone),
};

export const auditFilterSchema = z.object(filters);

/** The address of the log: its filters, and the event to go on from. */
export const listAuditEventsParams = z.object({
  ...filters,
  /** Shows what is older than this event. */
  before: optional(z.uuid()),
  /** Shows what is newer than this event. */
  after: optional(z.uuid()),
});

export const auditExportParams = z.object({ ...filters, format: z.enum(EXPORT_FORMATS).catch("csv") });

export type AuditFilter = z.output<typeof auditFilterSchema>;
export type ListAuditEventsParams = z.output<typeof listAuditEventsParams>;

/** The first moment that `from` includes. */
export function beginOf(from: string, zone = DEFAULT_TIME_ZONE): Date {
  return inRange(momentIn(zone, from));
}

/** The first moment after what `to` includes: a day, a minute or a second, as exact as it was given. */
export function endOf(to: string, zone = DEFAULT_TIME_ZONE): Date {
  const seconds = to.length === 10 ? 86_400 : to.length === 16 ? 60 : 1;
  const next = new Date(momentIn(DEFAULT_TIME_ZONE, to).getTime() + seconds * 1_000);
  // The last day there is ends with the last moment.
  if (!isMoment(next)) return new Date(MOMENT_MAX);
  // A day ends when the next one begins, also where it has 23 or 25 hours.
  return inRange(momentIn(zone, next.toISOString().slice(0, 19)));
}

function inRange(moment: Date): Date {
  const [first, last] = [Date.parse(MOMENT_MIN), Date.parse(MOMENT_MAX)];
  return new Date(Math.min(Math.max(moment.getTime(), first), last));
}

function idPattern(): string {
  return "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
}
