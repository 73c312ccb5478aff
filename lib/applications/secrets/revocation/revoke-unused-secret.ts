import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RevokeUnusedSecret } from "../application-secret.schema";
import { isSecretLive } from "../live-secret";
import { lockSecrets, requireSecret } from "../lock-secrets";
import { secretEndChanges } from "../secret-end-changes";

/**
 * Revokes a secret that was never used, such as one that nobody stored when it was shown, at once and without a typed
 * name, also when it is the last: nothing stops. Uses are written within a minute. Revoking what is not live changes
 * nothing. Throws AppError `conflict` / `secret_used` for one that was used meanwhile, `not_found`.
 */
export async function revokeUnusedSecret(
  { actor, now }: VerbContext,
  { applicationId, secretId }: RevokeUnusedSecret,
): Promise<void> {
  await inTransaction(async (tx) => {
    const secret = requireSecret(await lockSecrets(tx, applicationId), secretId);
    const revokedAt = now();
    if (!isSecretLive(secret, revokedAt)) return;
    if (secret.lastUsedAt !== null) throw new AppError("conflict", "secret_used");
    await tx.applicationSecret.update({ where: { id: secretId }, data: { revokedAt }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_revoked",
      targetId: applicationId,
      changes: secretEndChanges(secret, revokedAt),
    });
  });
}
