import "server-only";

import { AUDIT_TARGET_KINDS, type AuditTargetKind } from "@/lib/audit/audit-event";
import { diffChanges } from "@/lib/audit/diff-changes";
import type { Prisma } from "@/lib/db/generated/client";
import type { AuditLogEntry, AuditParty } from "./audit-log.types";
import { type AuditNames, getAuditNames } from "./audit-names";

export const auditEventSelect = {
  id: true,
  at: true,
  actorKind: true,
  actorId: true,
  onBehalfOfId: true,
  action: true,
  targetKind: true,
  targetId: true,
  ip: true,
  requestId: true,
  changes: true,
} as const satisfies Prisma.AuditEventSelect;

export type AuditEventRow = Prisma.AuditEventGetPayload<{ select: typeof auditEventSelect }>;

const ACTOR_TARGETS = { staff: "staff_member", application: "application" } as const;

/** Maps stored events to what staff read, with the names of everything they speak of. */
export async function toAuditLogEntries(rows: readonly AuditEventRow[]): Promise<AuditLogEntry[]> {
  const names = await getAuditNames(rows.flatMap(partiesOf));
  return rows.map(({ actorKind, actorId, onBehalfOfId, targetKind, targetId, changes, ...row }) => ({
    ...row,
    actor: isNamed(actorKind)
      ? toParty(ACTOR_TARGETS[actorKind], actorId, names)
      : { ...SYSTEM, kind: actorKind, id: actorId },
    onBehalfOf: onBehalfOfId === null ? null : toParty("person", onBehalfOfId, names),
    target: isTargetKind(targetKind) ? toParty(targetKind, targetId, names) : { ...SYSTEM, id: targetId },
    changes: diffChanges(changes),
  }));
}

const SYSTEM: AuditParty = { kind: "system", id: null, name: null, exists: false };

/** Who or what it is, with the name that was found. */
export function toParty(kind: AuditTargetKind, id: string | null, names: AuditNames): AuditParty {
  const known = id === null ? undefined : names(kind, id);
  return { kind, id, name: known?.name ?? null, exists: known?.exists ?? false };
}

function partiesOf({ actorKind, actorId, onBehalfOfId, targetKind, targetId }: AuditEventRow) {
  const parties: { kind: AuditTargetKind; id: string }[] = [];
  if (isNamed(actorKind) && actorId !== null) parties.push({ kind: ACTOR_TARGETS[actorKind], id: actorId });
  if (onBehalfOfId !== null) parties.push({ kind: "person", id: onBehalfOfId });
  if (targetId !== null && isTargetKind(targetKind)) parties.push({ kind: targetKind, id: targetId });
  return parties;
}

function isNamed(kind: AuditEventRow["actorKind"]): kind is keyof typeof ACTOR_TARGETS {
  return Object.hasOwn(ACTOR_TARGETS, kind);
}

function isTargetKind(kind: string): kind is AuditTargetKind {
  return (AUDIT_TARGET_KINDS as readonly string[]).includes(kind);
}
