import "server-only";

import type { AuditTargetKind } from "@/lib/audit/audit-event";
import { database } from "@/lib/db/client";

type NamedParty = { name: string; exists: boolean };
type PartyKey = { kind: AuditTargetKind; id: string };

/** Finds what something was called, by kind and id. */
export type AuditNames = (kind: AuditTargetKind, id: string) => NamedParty | undefined;

/**
 * Finds the names of everything that some events speak of: one query for each kind, and one more, into the log itself,
 * for the last known names of what is gone.
 */
export async function getAuditNames(parties: readonly PartyKey[]): Promise<AuditNames> {
  const found = new Map<string, NamedParty>();
  const idsOf = (kind: AuditTargetKind) => [
    ...new Set(parties.filter((party) => party.kind === kind).map(({ id }) => id)),
  ];
  await Promise.all(
    Object.entries(READERS).map(async ([kind, read]) => {
      const ids = idsOf(kind as AuditTargetKind);
      if (ids.length === 0) return;
      for (const { id, name } of await read(ids)) found.set(`${kind}:${id}`, { name, exists: true });
    }),
  );
  const gone = parties.filter(({ kind, id }) => !found.has(`${kind}:${id}`));
  for (const { kind, id, name } of await findLastNames(gone)) found.set(`${kind}:${id}`, { name, exists: false });
  return (kind, id) => found.get(`${kind}:${id}`);
}

type Named = { id: string; name: string };

const READERS: Record<AuditTargetKind, (ids: string[]) => Promise<Named[]>> = {
  staff_member: (ids) =>
    database().staffMember.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  application: (ids) =>
    database().application.findMany({ where: { id: { in: ids }, deletedAt: null }, select: { id: true, name: true } }),
  person: async (ids) => {
    const people = await database().person.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
    return people.map(({ id, email }) => ({ id, name: email }));
  },
  room: async (ids) => {
    const rooms = await database().room.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } });
    return rooms.map(({ id, slug }) => ({ id, name: slug }));
  },
};

/** What the newest event about each of them, that told a name, called it afterwards or, at its end, before. */
async function findLastNames(gone: readonly PartyKey[]): Promise<(Named & { kind: AuditTargetKind })[]> {
  const ids = [...new Set(gone.map(({ id }) => id))];
  if (ids.length === 0) return [];
  return await database().$queryRaw<(Named & { kind: AuditTargetKind })[]>`
    SELECT DISTINCT ON (target_kind, target_id) target_kind AS kind, target_id::text AS id,
      COALESCE(changes #>> '{slug,after}', changes #>> '{slug,before}',
               changes #>> '{name,after}', changes #>> '{name,before}') AS name
    FROM audit_events
    WHERE target_kind IN ('application', 'room') AND target_id = ANY(${ids}::uuid[])
      AND (jsonb_exists(changes, 'name') OR jsonb_exists(changes, 'slug'))
    ORDER BY target_kind, target_id, at DESC, id DESC`;
}
