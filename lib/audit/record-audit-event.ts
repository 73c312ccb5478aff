import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { makeUuid } from "@/lib/make-uuid";
import type { Actor } from "./actor";
import {
  AUDIT_FIELDS,
  type AuditAction,
  type AuditChange,
  type AuditEventInput,
  type AuditValue,
  targetKindOf,
} from "./audit-event";

/**
 * Writes one audit event in the transaction of what it tells about: both are stored or neither is.
 *
 * Throws when `changes` holds a field that `AUDIT_FIELDS` does not allow for the action, or a value of another kind:
 * that is a mistake in the calling verb, and its transaction is rolled back. The message names the field, never a
 * value.
 */
export async function recordAuditEvent<Action extends AuditAction>(
  tx: Pick<Transaction, "auditEvent">,
  actor: Actor,
  event: AuditEventInput<Action>,
): Promise<void> {
  await tx.auditEvent.create({
    data: { ...toRow(actor, event), targetId: event.targetId },
    select: { id: true },
  });
}

/**
 * Changes many things alike and writes one audit event for each of them, in one statement however many they are.
 * `change` is the UPDATE or DELETE; it returns the `id` of every row that it changed. `at` is of the clock of the verb,
 * as for single events, or the history of one thing could be out of order. Returns how many those were. Throws as
 * `recordAuditEvent` does.
 */
export async function recordAuditEvents<Action extends AuditAction>(
  tx: Pick<Transaction, "$executeRaw">,
  actor: Actor,
  event: Omit<AuditEventInput<Action>, "targetId"> & { at: Date },
  change: Prisma.Sql,
): Promise<number> {
  const { actorKind, actorId, onBehalfOfId, action, targetKind, ip, requestId, changes } = toRow(actor, event);
  return tx.$executeRaw`
    WITH "changed" AS (${change})
    INSERT INTO "audit_events"
      ("id", "at", "actor_kind", "actor_id", "on_behalf_of_id", "action", "target_kind", "target_id", "ip", "request_id", "changes")
    SELECT
      gen_random_uuid(), ${event.at}, ${actorKind}::"actor_kind", ${actorId}::uuid, ${onBehalfOfId}::uuid, ${action}, ${targetKind},
      "changed"."id", ${ip}, ${requestId}, ${JSON.stringify(changes)}::jsonb
    FROM "changed"`;
}

/**
 * The part of a statement that writes audit events together with what they tell about: for each row of `made`, a WITH
 * query that has its `id`, the events of `parameter`, which is what `auditEventsValue` returns.
 */
export function auditEventsInsert({ made, parameter }: { made: string; parameter: `$${number}` }): string {
  return `
    INSERT INTO "audit_events"
      ("id", "at", "actor_kind", "actor_id", "on_behalf_of_id", "action", "target_kind", "target_id", "ip", "request_id", "changes")
    SELECT
      e."id", e."at", e."actorKind", e."actorId", e."onBehalfOfId", e."action", e."targetKind", ${made}."id", e."ip",
      e."requestId", e."changes"
    FROM ${made}, jsonb_to_recordset(${parameter}::jsonb) AS e(
      "id" uuid, "at" timestamptz, "actorKind" "actor_kind", "actorId" uuid, "onBehalfOfId" uuid, "action" text,
      "targetKind" text, "ip" text, "requestId" text, "changes" jsonb)`;
}

/** The events for `auditEventsInsert`, in their order. Throws as `recordAuditEvent` does. */
export function auditEventsValue(
  actor: Actor,
  at: Date,
  events: readonly Omit<AuditEventInput<AuditAction>, "targetId">[],
): string {
  return JSON.stringify(events.map((event) => ({ id: makeUuid(at), at, ...toRow(actor, event) })));
}

function toRow<Action extends AuditAction>(actor: Actor, event: Omit<AuditEventInput<Action>, "targetId">) {
  return {
    actorKind: actor.kind,
    actorId: actor.kind === "system" ? null : actor.id,
    onBehalfOfId: actor.kind === "application" ? actor.personId : null,
    action: event.action,
    targetKind: targetKindOf(event.action),
    ip: actor.ip,
    requestId: actor.requestId,
    changes: toStoredChanges(event.action, event.changes ?? {}),
  };
}

/**
 * Types are gone at run time and objects are open: what is stored is built from the list, after the rest was refused.
 */
function toStoredChanges(
  action: AuditAction,
  changes: Record<string, AuditChange | undefined>,
): Prisma.InputJsonObject {
  const allowed: readonly string[] = AUDIT_FIELDS[action];
  const stored: Record<string, Prisma.InputJsonValue> = {};
  for (const [field, change] of Object.entries(changes)) {
    if (!allowed.includes(field)) throw new Error(`The audit log does not keep the field ${field} of ${action}.`);
    if (change === undefined) continue;
    stored[field] = { before: toStoredValue(field, change.before), after: toStoredValue(field, change.after) };
  }
  return stored;
}

function toStoredValue(field: string, value: AuditValue): Prisma.InputJsonValue | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return [...value];
  throw new Error(`The audit log does not keep this kind of value for the field ${field}.`);
}
