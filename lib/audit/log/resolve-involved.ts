import "server-only";

import { AUDIT_TARGET_KINDS } from "@/lib/audit/audit-event";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { findMatches, isFound } from "@/lib/db/long-list/find-matches";
import { searchPattern } from "@/lib/list/contains-text";
import { isUuid } from "@/lib/uuid";
import type { AuditParty } from "./audit-log.types";
import { getAuditNames } from "./audit-names";
import { toParty } from "./audit-projection";
import { type InvolvedKey, readInvolved } from "./involved";

/** The log calls people by their address; beside the name stands what tells namesakes apart. */
const APPLICATIONS = Prisma.sql`SELECT 'application' AS kind, id::text, name, client_id AS detail FROM applications`;
const MEMBERS = Prisma.sql`SELECT 'staff_member' AS kind, id::text, name, email AS detail FROM staff_members`;
const PEOPLE = Prisma.sql`SELECT 'person' AS kind, id::text, email AS name, display_name AS detail FROM people`;

/** Of each kind. Whoever is not among them is found by more letters. */
const CHOICES_MAX = 6;
/** Of so many that are found the first are offered by name; of more, some. */
const SORTED_MAX = 100;

/** One of those that a text may mean; `detail` tells namesakes apart. */
export type InvolvedChoice = InvolvedKey & { name: string; detail: string | null };

export type InvolvedParty = AuditParty & InvolvedKey;

/** Whom a text means: the one there can be, or those it may be. */
export type Involved = { party: InvolvedParty; choices: undefined } | { party: undefined; choices: InvolvedChoice[] };

/**
 * Finds whom somebody means by an id, a client ID, an e-mail address or a part of a name. Only what belongs to one alone,
 * and was written in full, is taken for it at once: a part of a name is a question.
 */
export async function resolveInvolved(text: string): Promise<Involved> {
  const key = readInvolved(text) ?? (isUuid(text) ? await findById(text.toLowerCase()) : undefined);
  if (key !== undefined) {
    const names = await getAuditNames([key]);
    return { party: { ...toParty(key.kind, key.id, names), ...key }, choices: undefined };
  }
  const exact = await findByIdentifier(text);
  if (exact.length > 1) return { party: undefined, choices: exact };
  const [only] = exact;
  if (only === undefined) return { party: undefined, choices: await findByName(text) };
  const { kind, id, name } = only;
  return { party: { kind, id, name, exists: true }, choices: undefined };
}

/** What is gone is known by the events about it. */
async function findById(id: string): Promise<InvolvedKey | undefined> {
  const names = await getAuditNames(AUDIT_TARGET_KINDS.map((kind) => ({ kind, id })));
  const named = AUDIT_TARGET_KINDS.find((kind) => names(kind, id) !== undefined);
  if (named !== undefined) return { kind: named, id };
  const event = await database().auditEvent.findFirst({
    where: { targetKind: { in: [...AUDIT_TARGET_KINDS] }, targetId: id },
    select: { targetKind: true },
  });
  const kind = AUDIT_TARGET_KINDS.find((known) => known === event?.targetKind);
  return kind === undefined ? undefined : { kind, id };
}

async function findByIdentifier(text: string): Promise<InvolvedChoice[]> {
  const email = text.toLowerCase();
  return database().$queryRaw`
    ${APPLICATIONS} WHERE client_id = ${text} AND deleted_at IS NULL
    UNION ALL ${MEMBERS} WHERE email = ${email}
    UNION ALL ${PEOPLE} WHERE email = ${email}`;
}

async function findByName(text: string): Promise<InvolvedChoice[]> {
  const pattern = searchPattern(text);
  if (pattern === undefined) return [];
  const idsOf = async (table: Prisma.Sql, condition: Prisma.Sql) =>
    (await findMatches([{ ids: Prisma.sql`SELECT id FROM ${table} WHERE ${condition}`, condition }])).ids.slice(
      0,
      SORTED_MAX,
    );
  const [applications, members, people] = await Promise.all([
    idsOf(Prisma.sql`applications`, Prisma.sql`deleted_at IS NULL AND ${isFound(pattern, [Prisma.sql`name`])}`),
    idsOf(Prisma.sql`staff_members`, isFound(pattern, [Prisma.sql`email`, Prisma.sql`name`])),
    idsOf(Prisma.sql`people`, isFound(pattern, [Prisma.sql`email`, Prisma.sql`display_name`])),
  ]);
  if (applications.length + members.length + people.length === 0) return [];
  const firstOf = (select: Prisma.Sql, ids: string[], name: Prisma.Sql) =>
    Prisma.sql`(${select} WHERE id = ANY(${ids}::uuid[]) ORDER BY lower(${name}), id LIMIT ${CHOICES_MAX})`;
  return database().$queryRaw`
    ${firstOf(APPLICATIONS, applications, Prisma.sql`name`)}
    UNION ALL ${firstOf(MEMBERS, members, Prisma.sql`name`)}
    UNION ALL ${firstOf(PEOPLE, people, Prisma.sql`email`)}`;
}
