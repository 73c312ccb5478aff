import "server-only";

import type { Transaction } from "@/lib/db/client";

/** The ids of the people who are known behind the addresses of these rules, by address. */
export async function listPersonIds(
  tx: Pick<Transaction, "person">,
  rules: readonly { email: string }[],
): Promise<Map<string, string>> {
  const emails = rules.map(({ email }) => email);
  const people = await tx.person.findMany({ where: { email: { in: emails } }, select: { id: true, email: true } });
  return new Map(people.map(({ id, email }) => [email, id]));
}
