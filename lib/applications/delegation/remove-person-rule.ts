import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RemovePersonRule } from "./delegation.schema";
import { listPersonIds } from "./person-rule-projection";

/**
 * Takes a person off a list. The last one on an allow list is refused with AppError `allow_list_last`: without it the
 * list would admit everybody, which is a verb of its own. Throws AppError `not_found`, also for an entry of another
 * application.
 */
export async function removePersonRule(
  { actor }: VerbContext,
  { applicationId, ruleId }: RemovePersonRule,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const rule = await tx.applicationPersonRule.findFirst({
      where: { id: ruleId, applicationId },
      select: { email: true, effect: true },
    });
    if (rule === null) throw new AppError("not_found", "not_found");
    const { effect } = rule;
    if (effect === "allow" && (await tx.applicationPersonRule.count({ where: { applicationId, effect } })) === 1) {
      throw new AppError("precondition", "allow_list_last");
    }
    await tx.applicationPersonRule.delete({ where: { id: ruleId }, select: { id: true } });
    const personIds = await listPersonIds(tx, [rule]);
    await recordAuditEvent(tx, actor, {
      action: "application.person_rules_removed",
      targetId: applicationId,
      changes: removed({ effect, ruleIds: [ruleId], personIds: [...personIds.values()] }),
    });
  });
}
