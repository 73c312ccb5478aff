import "server-only";

import type { Transaction } from "@/lib/db/client";

/** The ids of those of the addresses behind which a person is known. */
export async function listPersonIds(
  tx: Pick<Transaction, "person">,
  emails: readonly string[],
): Promise<Map<string, string>> {
  const people = await tx.person.findMany({ where: { email: { in: [...emails] } }, select: { id: true, email: true } });
  return new Map(people.map(({ id, email }) => [email, id]));
}
