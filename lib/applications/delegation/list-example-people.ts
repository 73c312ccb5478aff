import "server-only";

import { database } from "@/lib/db/client";

const EXAMPLES_MAX = 5;
/** Addresses that mean the same in a shell, a form and every programming language. */
const PLAIN_ADDRESS = /^[a-z0-9][a-z0-9._-]*@[a-z0-9.-]+$/;

/**
 * Lists addresses of people for whom the limits of an application are made: those on its allow list, otherwise a made-up
 * one in each of its domains, otherwise one of example.com. The rules have not been asked about them.
 */
export async function listExamplePeople(applicationId: string): Promise<string[]> {
  const [allowed, domains] = await Promise.all([
    database().applicationPersonRule.findMany({
      where: { applicationId, effect: "allow" },
      select: { email: true },
      orderBy: { email: "asc" },
      take: EXAMPLES_MAX,
    }),
    database().applicationDomain.findMany({
      where: { applicationId },
      select: { domain: true },
      orderBy: { domain: "asc" },
      take: EXAMPLES_MAX,
    }),
  ]);
  const people = allowed.map(({ email }) => email).filter((email) => PLAIN_ADDRESS.test(email));
  if (people.length > 0) return people;
  return domains.length > 0 ? domains.map(({ domain }) => `someone@${domain}`) : ["someone@example.com"];
}
