import "server-only";

import { requireTypedName } from "@/lib/applications/lock-application";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { MarkSecretCompromised } from "../application-secret.schema";
import { isSecretLive } from "../live-secret";
import { lockSecrets, requireSecret } from "../lock-secrets";
import { secretEndChanges } from "../secret-end-changes";

/**
 * Marks a secret that somebody else may have. It is revoked at once and for good, and every token it obtained with it:
 * the mark counts by itself, whatever time the clocks of other instances say. One that was revoked before keeps its
 * time. Marking twice changes nothing. Throws AppError `invalid` when it is the last live one and another name was
 * typed, `not_found`.
 */
export async function markSecretCompromised(
  { actor, now }: VerbContext,
  { applicationId, secretId, confirmation }: MarkSecretCompromised,
): Promise<void> {
  await inTransaction(async (tx) => {
    const locked = await lockSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    if (secret.compromisedAt !== null) return;
    const at = now();
    const others = locked.secrets.filter((other) => other.id !== secretId && isSecretLive(other, at));
    if (isSecretLive(secret, at) && others.length === 0) requireTypedName(locked.name, confirmation);
    const revokedAt = secret.revokedAt !== null && secret.revokedAt <= at ? secret.revokedAt : at;
    await tx.applicationSecret.update({
      where: { id: secretId },
      data: { revokedAt, compromisedAt: at },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_marked_compromised",
      targetId: applicationId,
      changes: { ...secretEndChanges(secret, revokedAt), ...created({ compromisedAt: at }) },
    });
  });
}
