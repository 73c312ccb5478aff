import "server-only";

import { AUDIT_ACTIONS, type AuditTargetKind, targetKindOf } from "@/lib/audit/audit-event";
import type { Prisma } from "@/lib/db/generated/client";
import { beginOf, endOf } from "@/lib/list/address-values";
import { type AuditActorKind, type AuditFilter, type AuditKind, kindOf } from "./audit-log.schema";
import { readInvolved } from "./involved";

type Where = Prisma.AuditEventWhereInput;

/**
 * Builds the SQL conditions of a filter. Each part of it has an index that gives the order of the log as well. Whoever is
 * involved can be so in several ways, and no index has two of them: for each of them there is a condition of its own, and
 * what one of them lets through is in the log once. None at all when nothing can be.
 */
export function toAuditWheres(filter: AuditFilter): Where[] {
  const common = [
    kindWhere(filter),
    actorWhere(filter),
    actionWhere(filter),
    targetWhere(filter),
    restWhere(filter),
    timeWhere(filter),
  ];
  return involvedWheres(filter).map((involved) => ({ AND: [involved, ...common] }));
}

type Part = "actor" | "target" | "onBehalfOf";

/**
 * As what each kind of party is in events of each kind. It leaves out what is never so, or the database would look for it
 * among everything an application has done. A test compares it with events of every action.
 */
const PARTS: Record<AuditTargetKind, Record<AuditKind, readonly Part[]>> = {
  staff_member: { staff: ["actor", "target"], sign_in: ["actor", "target"], application: [], all: ["actor", "target"] },
  application: { staff: ["target"], sign_in: [], application: ["actor"], all: ["actor", "target"] },
  person: { staff: ["target"], sign_in: [], application: ["onBehalfOf"], all: ["target", "onBehalfOf"] },
  room: { staff: ["target"], sign_in: [], application: ["target"], all: ["target"] },
};

function involvedWheres(filter: AuditFilter): Where[] {
  if (filter.involving === undefined) return [{}];
  const party = readInvolved(filter.involving);
  // Text that was not understood involves nobody: it must never widen what is shown.
  if (party === undefined) return [];
  const { kind, id } = party;
  const wheres: Record<Part, Where> = {
    actor: { actorId: id },
    target: { targetKind: kind, targetId: id },
    onBehalfOf: { onBehalfOfId: id },
  };
  return PARTS[kind][kindOf(filter)].map((part) => wheres[part]);
}

function kindWhere(filter: AuditFilter): Where {
  const kind = kindOf(filter);
  if (kind === "all") return {};
  if (kind !== "application") return { kind };
  // As what an application is involved, or a person acted for, says it already: another condition would only tempt the
  // database to read everything that applications did.
  const party = filter.involving === undefined ? undefined : readInvolved(filter.involving)?.kind;
  return party === "application" || party === "person" ? {} : { actorKind: kind };
}

function actorWhere({ actor, action, target }: AuditFilter): Where {
  if (actor === undefined) return {};
  const [kind, id] = actor.split(":") as [AuditActorKind, string | undefined];
  if (id !== undefined) return { actorKind: kind, actorId: id };
  const isByAction = action !== undefined || (target !== undefined && !target.includes(":"));
  if (kind === "application" || !isByAction) return { actorKind: kind };
  // Only applications act on behalf of somebody. It says nothing new: it is what the index of who did what holds.
  return { actorKind: kind, onBehalfOfId: null };
}

function actionWhere({ action }: AuditFilter): Where {
  if (action === undefined) return {};
  if (action.includes(".")) return { action };
  return { action: { in: AUDIT_ACTIONS.filter((name) => name.startsWith(`${action}.`)) } };
}

function targetWhere({ target, actor }: AuditFilter): Where {
  if (target === undefined) return {};
  const [targetKind = "", id] = target.split(":");
  if (id !== undefined) return { targetKind, targetId: id };
  if (actor === undefined) return { targetKind };
  // Who acted and what they did have an index together: each action is about one kind of thing.
  return { targetKind, action: { in: AUDIT_ACTIONS.filter((action) => targetKindOf(action) === targetKind) } };
}

function restWhere({ person, ip, request }: AuditFilter): Where {
  return {
    ...(person === undefined ? {} : { onBehalfOfId: person }),
    ...(ip === undefined ? {} : { ip }),
    ...(request === undefined ? {} : { requestId: request }),
  };
}

function timeWhere({ from, to, zone }: AuditFilter): Where {
  if (from === undefined && to === undefined) return {};
  return {
    at: {
      ...(from === undefined ? {} : { gte: beginOf(from, zone) }),
      ...(to === undefined ? {} : { lt: endOf(to, zone) }),
    },
  };
}
