import "server-only";

import { database } from "@/lib/db/client";
import { CALL_KINDS, type RecentRefusal } from "./usage.types";

/** Lists the last refused calls of an application, newest first. When there are many of them they are samples. */
export async function listRecentRefusals(applicationId: string, take = 20): Promise<RecentRefusal[]> {
  const rows = await database().refusedCall.findMany({
    where: { applicationId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
    select: {
      id: true,
      at: true,
      kind: true,
      reason: true,
      isProven: true,
      personId: true,
      ip: true,
      requestId: true,
    },
  });
  const people = await findPeople(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
  return rows.flatMap(({ kind, personId, ...row }) => {
    const known = CALL_KINDS.find((name) => name === kind);
    return known === undefined ? [] : [{ ...row, kind: known, person: people.get(personId ?? "") ?? null }];
  });
}

async function findPeople(ids: readonly string[]): Promise<Map<string, { id: string; email: string }>> {
  const people = await database().person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, email: true },
  });
  return new Map(people.map((person) => [person.id, person]));
}
