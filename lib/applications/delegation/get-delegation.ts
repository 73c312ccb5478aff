import "server-only";

import { database } from "@/lib/db/client";
import { countPeopleByDomain } from "@/lib/people/count-people-by-domain";
import type { Delegation, PersonRule } from "./delegation.types";
import { listPersonIds } from "./person-rule-projection";

/** For whom an application may act: its domains with the people they reach now, and its lists in alphabetical order. */
export async function getDelegation(applicationId: string): Promise<Delegation> {
  const [domains, rules] = await Promise.all([
    database().applicationDomain.findMany({
      where: { applicationId },
      select: { domain: true },
      orderBy: { domain: "asc" },
    }),
    database().applicationPersonRule.findMany({
      where: { applicationId },
      select: { id: true, email: true, effect: true, createdAt: true, createdBy: { select: { name: true } } },
      orderBy: { email: "asc" },
    }),
  ]);
  const [counts, personIds] = await Promise.all([
    countPeopleByDomain(domains.map(({ domain }) => domain)),
    listPersonIds(database(), rules),
  ]);
  const entries = rules.map(({ createdBy, effect, ...rule }) => ({
    effect,
    rule: { ...rule, personId: personIds.get(rule.email) ?? null, createdByName: createdBy?.name ?? null },
  }));
  const of = (wanted: "allow" | "deny"): PersonRule[] =>
    entries.filter(({ effect }) => effect === wanted).map(({ rule }) => rule);
  return {
    domains: domains.map(({ domain }) => ({ domain, people: counts.get(domain) ?? { count: 0, hasMore: false } })),
    allowed: of("allow"),
    denied: of("deny"),
  };
}
