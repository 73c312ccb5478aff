import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";

/**
 * Makes `domains` the list of an application that the caller has locked; none means any domain. The same list again
 * changes nothing and leaves no audit event.
 */
export async function replaceDomains(
  tx: Transaction,
  applicationId: string,
  domains: readonly string[],
  actor: StaffActor,
): Promise<void> {
  const rows = await tx.applicationDomain.findMany({
    where: { applicationId },
    select: { domain: true },
    orderBy: { domain: "asc" },
  });
  const before = rows.map(({ domain }) => domain);
  const after = [...domains].sort();
  if (JSON.stringify([...before].sort()) === JSON.stringify(after)) return;
  await tx.applicationDomain.deleteMany({ where: { applicationId, domain: { notIn: after } } });
  await tx.applicationDomain.createMany({
    data: after.map((domain) => ({ applicationId, domain })),
    skipDuplicates: true,
  });
  await recordAuditEvent(tx, actor, {
    action: "application.updated",
    targetKind: "application",
    targetId: applicationId,
    changes: { domains: { before, after } },
  });
}
