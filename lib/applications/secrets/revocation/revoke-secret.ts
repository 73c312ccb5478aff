import "server-only";

import { requireTypedName } from "@/lib/applications/lock-application";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { RevokeSecret } from "../application-secret.schema";
import { isSecretLive, resolveRevocation } from "../live-secret";
import { lockSecrets, requireSecret } from "../lock-secrets";
import { secretEndChanges } from "../secret-end-changes";

/**
 * Revokes a secret, at once or at a moment, and with it the tokens it obtained. Another end than before replaces it,
 * earlier or later. When no other secret will be live at that moment, the application's name has to be typed. Ending
 * what has ended changes nothing. Throws AppError `invalid` for a moment that has passed or another name, `not_found`.
 */
export async function revokeSecret(
  { actor, now }: VerbContext,
  { applicationId, secretId, confirmation, ...end }: RevokeSecret,
): Promise<void> {
  await inTransaction(async (tx) => {
    const locked = await lockSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    const at = now();
    if (!isSecretLive(secret, at)) return;
    const revokedAt = resolveRevocation(end, at);
    const remaining = locked.secrets.filter((other) => other.id !== secretId && isSecretLive(other, revokedAt));
    if (remaining.length === 0) requireTypedName(locked.name, confirmation);
    await tx.applicationSecret.update({ where: { id: secretId }, data: { revokedAt }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: revokedAt <= at ? "application.secret_revoked" : "application.secret_revocation_scheduled",
      targetId: applicationId,
      changes: secretEndChanges(secret, revokedAt),
    });
  });
}
