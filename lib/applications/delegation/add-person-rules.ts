import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { type AddPersonRules, PERSON_RULES_MAX } from "./delegation.schema";
import { listPersonIds } from "./person-rule-projection";

/**
 * Puts people on the allow list or the deny list of an application. Nobody is on both: throws AppError
 * `person_rule_taken` for somebody on the other list, `person_rules_too_many` beyond 500 entries, and `not_found`. Who
 * is on the list already stays there. The audit log names the people who are known by id and nobody by address.
 */
export async function addPersonRules(
  { actor }: VerbContext,
  { applicationId, effect, emails }: AddPersonRules,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const [stored, onOtherList] = await Promise.all([
      tx.applicationPersonRule.count({ where: { applicationId } }),
      tx.applicationPersonRule.count({ where: { applicationId, email: { in: emails }, effect: { not: effect } } }),
    ]);
    if (onOtherList > 0)
      throw new AppError("conflict", "person_rule_taken", { fieldErrors: { emails: "person_rule_taken" } });
    const added = await tx.applicationPersonRule.createManyAndReturn({
      data: emails.map((email) => ({ applicationId, email, effect, createdById: actor.id })),
      select: { id: true, email: true },
      skipDuplicates: true,
    });
    if (stored + added.length > PERSON_RULES_MAX) {
      throw new AppError("conflict", "person_rules_too_many", { fieldErrors: { emails: "person_rules_too_many" } });
    }
    if (added.length === 0) return;
    const personIds = await listPersonIds(tx, added);
    await recordAuditEvent(tx, actor, {
      action: "application.person_rules_added",
      targetId: applicationId,
      changes: created({ effect, ruleIds: added.map(({ id }) => id), personIds: [...personIds.values()] }),
    });
  });
}
