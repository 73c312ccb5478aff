import { z } from "zod";
import { AUDIT_ACTIONS, AUDIT_TARGET_KINDS, type AuditGroup } from "@/lib/audit/audit-event";
import { moment, optional, zone } from "@/lib/list/address-values";
import { EXPORT_FORMATS } from "@/lib/list/export-format";

export const AUDIT_EVENTS_PER_PAGE = 50;

/** What actions begin with: a filter for everything of one part. */
export const AUDIT_GROUPS = [...new Set(AUDIT_ACTIONS.map((action) => action.split(".")[0] as AuditGroup))];

const ACTOR_KINDS = ["staff", "application", "pick_up_link", "system"] as const;
export type AuditActorKind = (typeof ACTOR_KINDS)[number];

/** What the log can be narrowed to, as it stands in an address. */
const filters = {
  /** `staff`, `application`, `pick_up_link` or `system`, alone or with `:` and the id of one of them. */
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

function idPattern(): string {
  return "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";
}
