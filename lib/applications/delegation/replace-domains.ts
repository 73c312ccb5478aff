import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import type { SetAllowedDomains } from "./delegation.schema";

/**
 * Makes `domains` the list of an application that the caller has locked; none means any domain. The same list again
 * changes nothing and leaves no audit event.
 */
export async function replaceDomains(
  tx: Transaction,
  { actor }: VerbContext,
  { applicationId, domains }: SetAllowedDomains,
): Promise<void> {
  const rows = await tx.applicationDomain.findMany({ where: { applicationId }, select: { domain: true } });
  const after = [...domains].sort();
  const changes = changed({ domains: rows.map(({ domain }) => domain).sort() }, { domains: after });
  if (changes.domains === undefined) return;
  await tx.applicationDomain.deleteMany({ where: { applicationId, domain: { notIn: after } } });
  await tx.applicationDomain.createMany({
    data: after.map((domain) => ({ applicationId, domain })),
    skipDuplicates: true,
  });
  await recordAuditEvent(tx, actor, { action: "application.updated", targetId: applicationId, changes });
}
