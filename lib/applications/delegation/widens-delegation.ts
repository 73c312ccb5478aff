import "server-only";

import { database } from "@/lib/db/client";
import type { AddPersonRules, RemovePersonRule, SetAllowedDomains } from "./delegation.schema";

/** Tells whether an application would act for a domain it may not act for yet. Without a list it may act for any. */
export async function widensDomains({ applicationId, domains }: SetAllowedDomains): Promise<boolean> {
  const rows = await database().applicationDomain.findMany({ where: { applicationId }, select: { domain: true } });
  const stored = new Set(rows.map(({ domain }) => domain));
  return stored.size > 0 && domains.some((domain) => !stored.has(domain));
}

/** Tells whether an allow list gets longer. A first entry limits the application to itself, and a denial takes away. */
export async function widensAllowList({ applicationId, effect, emails }: AddPersonRules): Promise<boolean> {
  if (effect === "deny") return false;
  const where = { applicationId, effect };
  const [listed, known] = await Promise.all([
    database().applicationPersonRule.count({ where }),
    database().applicationPersonRule.count({ where: { ...where, email: { in: emails } } }),
  ]);
  return listed > 0 && known < emails.length;
}

/** Tells whether somebody who is denied would be denied no more. */
export async function liftsDenial({ applicationId, ruleId }: RemovePersonRule): Promise<boolean> {
  const rule = await database().applicationPersonRule.findFirst({
    where: { id: ruleId, applicationId },
    select: { effect: true },
  });
  return rule?.effect === "deny";
}
