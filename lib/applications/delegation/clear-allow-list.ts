import "server-only";

import { lockApplication, requireTypedName } from "@/lib/applications/lock-application";
import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { ClearAllowList } from "./delegation.schema";
import { listPersonIds } from "./person-rule-projection";

/**
 * Takes everybody off the allow list, so that the application may act again for all whom its domains admit.
 * `confirmation` is its name, typed. An empty list stays as it is. Throws AppError `invalid` when another name was
 * typed, `not_found`.
 */
export async function clearAllowList(
  { actor }: VerbContext,
  { applicationId, confirmation }: ClearAllowList,
): Promise<void> {
  await inTransaction(async (tx) => {
    const { name } = await lockApplication(tx, applicationId);
    requireTypedName(name, confirmation);
    const where = { applicationId, effect: "allow" } as const;
    const rules = await tx.applicationPersonRule.findMany({ where, select: { id: true, email: true } });
    if (rules.length === 0) return;
    await tx.applicationPersonRule.deleteMany({ where });
    const personIds = await listPersonIds(tx, rules);
    await recordAuditEvent(tx, actor, {
      action: "application.person_rules_removed",
      targetId: applicationId,
      changes: removed({ effect: "allow", ruleIds: rules.map(({ id }) => id), personIds: [...personIds.values()] }),
    });
  });
}
