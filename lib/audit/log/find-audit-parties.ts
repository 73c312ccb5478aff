import "server-only";

import type { AuditTargetKind } from "@/lib/audit/audit-event";
import { database } from "@/lib/db/client";
import type { AuditFilter } from "./audit-log.schema";
import type { AuditParty } from "./audit-log.types";
import { getAuditNames } from "./audit-names";
import { toParty } from "./audit-projection";

/** What a choice can hold and still be one; whoever is not in it is reached from their own page. */
const CHOICES_MAX = 100;

export type AuditFilterParties = {
  staff: { id: string; name: string | null }[];
  applications: { id: string; name: string | null }[];
  /** What the filters name, so that it can be told in words. */
  target: AuditParty | null;
  person: AuditParty | null;
};

/** Finds who can be chosen as the one who acted, and the names of whatever a filter names already. */
export async function getAuditParties({ actor, target, person }: AuditFilter): Promise<AuditFilterParties> {
  const [chosen, aim] = [toKey(actor), toKey(target)];
  const keys = [chosen, aim, person === undefined ? undefined : { kind: "person" as const, id: person }];
  const [staff, applications, names] = await Promise.all([
    database().staffMember.findMany({
      select: { id: true, name: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: CHOICES_MAX,
    }),
    // In the order of the list of applications, which has an index.
    database().$queryRaw<{ id: string; name: string }[]>`
      SELECT id, name FROM applications WHERE deleted_at IS NULL ORDER BY lower(name), id LIMIT ${CHOICES_MAX}`,
    getAuditNames(keys.filter((key) => key !== undefined)),
  ]);
  /** A choice that is made must be among the choices, or the form would lose it. */
  const withChosen = (kind: AuditTargetKind, choices: { id: string; name: string }[]) =>
    chosen?.kind !== kind || choices.some(({ id }) => id === chosen.id)
      ? choices
      : [...choices, { id: chosen.id, name: names(kind, chosen.id)?.name ?? null }];
  return {
    staff: withChosen("staff_member", staff),
    applications: withChosen("application", applications),
    target: target === undefined ? null : toParty(toKind(target), aim?.id ?? null, names),
    person: person === undefined ? null : toParty("person", person, names),
  };
}

function toKey(text: string | undefined): { kind: AuditTargetKind; id: string } | undefined {
  const id = text?.split(":")[1];
  return text === undefined || id === undefined ? undefined : { kind: toKind(text), id };
}

function toKind(text: string): AuditTargetKind {
  const [kind] = text.split(":");
  return (kind === "staff" ? "staff_member" : kind) as AuditTargetKind;
}
