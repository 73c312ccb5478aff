import "server-only";

import { AUDIT_ACTIONS, targetKindOf } from "@/lib/audit/audit-event";
import type { Prisma } from "@/lib/db/generated/client";
import { beginOf, endOf } from "@/lib/list/address-values";
import type { AuditActorKind, AuditFilter } from "./audit-log.schema";

/** Builds the SQL conditions of a filter. Each part of it has an index that gives the order of the log as well. */
export function toAuditWhere(filter: AuditFilter): Prisma.AuditEventWhereInput {
  return { AND: [actorWhere(filter), actionWhere(filter), targetWhere(filter), restWhere(filter), timeWhere(filter)] };
}

function actorWhere({ actor, action, target }: AuditFilter): Prisma.AuditEventWhereInput {
  if (actor === undefined) return {};
  const [kind, id] = actor.split(":") as [AuditActorKind, string | undefined];
  if (id !== undefined) return { actorKind: kind, actorId: id };
  const isByAction = action !== undefined || (target !== undefined && !target.includes(":"));
  if (kind === "application" || !isByAction) return { actorKind: kind };
  // Only applications act on behalf of somebody. It says nothing new: it is what the index of who did what holds.
  return { actorKind: kind, onBehalfOfId: null };
}

function actionWhere({ action }: AuditFilter): Prisma.AuditEventWhereInput {
  if (action === undefined) return {};
  if (action.includes(".")) return { action };
  return { action: { in: AUDIT_ACTIONS.filter((name) => name.startsWith(`${action}.`)) } };
}

function targetWhere({ target, actor }: AuditFilter): Prisma.AuditEventWhereInput {
  if (target === undefined) return {};
  const [targetKind = "", id] = target.split(":");
  if (id !== undefined) return { targetKind, targetId: id };
  if (actor === undefined) return { targetKind };
  // Who acted and what they did have an index together: each action is about one kind of thing.
  return { targetKind, action: { in: AUDIT_ACTIONS.filter((action) => targetKindOf(action) === targetKind) } };
}

function restWhere({ person, ip, request }: AuditFilter): Prisma.AuditEventWhereInput {
  return {
    ...(person === undefined ? {} : { onBehalfOfId: person }),
    ...(ip === undefined ? {} : { ip }),
    ...(request === undefined ? {} : { requestId: request }),
  };
}

function timeWhere({ from, to, zone }: AuditFilter): Prisma.AuditEventWhereInput {
  if (from === undefined && to === undefined) return {};
  return {
    at: {
      ...(from === undefined ? {} : { gte: beginOf(from, zone) }),
      ...(to === undefined ? {} : { lt: endOf(to, zone) }),
    },
  };
}
