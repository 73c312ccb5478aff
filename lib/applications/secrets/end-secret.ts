import "server-only";

import { requireTypedName } from "@/lib/applications/lock-application";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { EndSecret } from "./application-secret.schema";
import { isSecretLive, resolveSecretEnd } from "./live-secret";
import { readLockedSecrets, requireSecret } from "./read-locked-secrets";
import { secretEndChanges } from "./secret-end-changes";

/**
 * Ends a secret, at once or at a moment, and with it the tokens it obtained. Another end than before replaces it, earlier
 * or later. When no other secret will be live at that moment, the application's name has to be typed. Ending what has
 * ended changes nothing. Throws AppError `invalid` for a moment that has passed or another name, `not_found`.
 */
export async function endSecret(
  { actor, now }: VerbContext,
  { applicationId, secretId, confirmation, ...end }: EndSecret,
): Promise<void> {
  await inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    const at = now();
    if (!isSecretLive(secret, at)) return;
    const endedAt = resolveSecretEnd(end, at);
    const remaining = locked.secrets.filter((other) => other.id !== secretId && isSecretLive(other, endedAt));
    if (remaining.length === 0) requireTypedName(locked.name, confirmation);
    await tx.applicationSecret.update({ where: { id: secretId }, data: { endedAt }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: endedAt <= at ? "application.secret_ended" : "application.secret_end_scheduled",
      targetKind: "application",
      targetId: applicationId,
      changes: secretEndChanges(secret, endedAt),
    });
  });
}
