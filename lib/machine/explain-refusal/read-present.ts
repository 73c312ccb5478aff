import "server-only";

import type { ActivityEntry } from "@/lib/activity/activity.types";
import type { AuditAction } from "@/lib/audit/audit-event";
import { type AuditEventRow, auditEventSelect } from "@/lib/audit/log/audit-projection";
import { database } from "@/lib/db/client";
import type { CredentialLife } from "./explain-rules";
import type { RuleFacts, Subject } from "./past-facts";

/** So many events of each: of the application, of the person and of their account. More in 30 days is not life but a script. */
export const EVENTS_READ_MAX = 200;
const CREDENTIALS_READ_MAX = 100;

const TOLD: readonly AuditAction[] = [
  "application.updated",
  "application.activated",
  "application.deactivated",
  "application.authentication_changed",
  "application.person_rules_added",
  "application.person_rules_removed",
  "application.secret_created",
  "application.secret_rotated",
  "application.secret_picked_up",
  "application.secret_revocation_scheduled",
  "application.secret_revocation_cancelled",
  "application.secret_revoked",
  "application.secret_marked_compromised",
  "application.key_added",
  "application.key_revoked",
  "person.created",
  "person.activated",
  "person.deactivated",
  "person.delegation_allowed",
  "person.delegation_refused",
  "staff.created",
  "staff.invited",
  "staff.impersonation_allowed",
  "staff.impersonation_forbidden",
];

export type Present = {
  facts: RuleFacts;
  subject: Subject;
  credentials: CredentialLife[];
  hasPublishedKeys: boolean;
  staffId: string | null;
};

/** Reads what the rules look at now of an application and a person; null when the application is gone. */
export async function findPresent(applicationId: string, person: ActivityEntry["person"]): Promise<Present | null> {
  const end = { revokedAt: true, createdAt: true, id: true } as const;
  const newest = { orderBy: { createdAt: "desc" }, take: CREDENTIALS_READ_MAX } as const;
  const [application, known, staff] = await Promise.all([
    database().application.findFirst({
      where: { id: applicationId, deletedAt: null },
      select: {
        isActive: true,
        grantTypes: true,
        tokenEndpointAuthMethods: true,
        scopes: true,
        jwksUri: true,
        domains: { select: { domain: true } },
        personRules: { where: { email: person?.email ?? "" }, select: { id: true, effect: true } },
        secrets: { ...newest, select: { ...end, expiresAt: true, compromisedAt: true } },
        keys: { ...newest, select: end },
        _count: { select: { personRules: { where: { effect: "allow" } } } },
      },
    }),
    person === null
      ? null
      : database().person.findUnique({
          where: { id: person.id },
          select: { isActive: true, isDelegationAllowed: true, createdAt: true },
        }),
    person === null
      ? null
      : database().staffMember.findUnique({
          where: { email: person.email },
          select: { id: true, isImpersonationAllowed: true },
        }),
  ]);
  if (application === null) return null;
  const [rule] = application.personRules;
  return {
    facts: {
      isActive: application.isActive,
      grantTypes: application.grantTypes,
      methods: application.tokenEndpointAuthMethods,
      scopes: application.scopes,
      domains: application.domains.map(({ domain }) => domain),
      allowed: application._count.personRules,
      listing: rule?.effect ?? null,
      isPersonKnown: known !== null,
      isPersonActive: known?.isActive === true,
      isDelegationAllowed: known?.isDelegationAllowed === true,
      isImpersonationAllowed: staff?.isImpersonationAllowed ?? null,
    },
    subject: { personId: person?.id ?? null, personSince: known?.createdAt ?? null, ruleId: rule?.id ?? null },
    credentials: [
      ...application.secrets.map((secret) => ({ kind: "secret" as const, ...secret })),
      ...application.keys.map((key) => ({ kind: "key" as const, expiresAt: null, compromisedAt: null, ...key })),
    ],
    hasPublishedKeys: application.jwksUri !== null,
    staffId: staff?.id ?? null,
  };
}

/** Lists the events since a moment about what the rules look at, newest first, and whether there are more than were read. */
export async function listRuleEvents(
  targets: { kind: "application" | "person" | "staff_member"; id: string | null }[],
  since: Date,
): Promise<{ events: AuditEventRow[]; isCut: boolean }> {
  const found = await Promise.all(
    targets.map(({ kind, id }) =>
      id === null
        ? []
        : database().auditEvent.findMany({
            where: { targetKind: kind, targetId: id, at: { gte: since }, action: { in: [...TOLD] } },
            select: auditEventSelect,
            orderBy: [{ at: "desc" }, { id: "desc" }],
            take: EVENTS_READ_MAX + 1,
          }),
    ),
  );
  const events = found.flatMap((rows) => rows.slice(0, EVENTS_READ_MAX));
  events.sort((one, other) => other.at.getTime() - one.at.getTime() || (other.id < one.id ? -1 : 1));
  return { events, isCut: found.some((rows) => rows.length > EVENTS_READ_MAX) };
}
