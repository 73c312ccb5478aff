import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { CancelSecretRevocation } from "../application-secret.schema";
import { isSecretLive } from "../live-secret";
import { type LockedSecret, lockSecrets, requireSecret } from "../lock-secrets";
import { secretEndChanges } from "../secret-end-changes";

/** What became of the secret that the rotation had made: `none` when the revocation belonged to no rotation. */
export type CancelledRevocation = { newSecret: "revoked" | "kept" | "none" };

/**
 * Cancels the scheduled revocation of a secret. If a rotation had set it, the rotation is cancelled as a whole: none of
 * the secrets it was to replace is revoked any more. Its new secret is revoked at once if nobody has ever used it,
 * because a secret without a place is only a risk; one that is in use stays. Cancelling twice changes nothing.
 *
 * Throws AppError `conflict` when the secret is no longer live: it cannot be restored. `not_found`.
 */
export async function cancelSecretRevocation(
  ctx: VerbContext,
  { applicationId, secretId }: CancelSecretRevocation,
): Promise<CancelledRevocation> {
  return inTransaction(async (tx) => {
    const locked = await lockSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    const at = ctx.now();
    if (!isSecretLive(secret, at)) throw new AppError("conflict", "secret_not_live");
    if (secret.revokedAt === null) return { newSecret: "none" };
    const { replacedById } = secret;
    const isOfRotation = (other: LockedSecret) => replacedById !== null && other.replacedById === replacedById;
    const kept = locked.secrets.filter(
      (other) => (other.id === secretId || isOfRotation(other)) && isSecretLive(other, at) && other.revokedAt !== null,
    );
    for (const one of kept) await clearRevocation(tx, ctx, { applicationId, secret: one });

    const successor = locked.secrets.find(({ id }) => id === replacedById);
    if (successor === undefined) return { newSecret: "none" };
    if (!isSecretLive(successor, at) || successor.lastUsedAt !== null) return { newSecret: "kept" };
    await revokeUnused(tx, ctx, { applicationId, secret: successor, at });
    return { newSecret: "revoked" };
  });
}

type Work = { applicationId: string; secret: LockedSecret };

async function clearRevocation(
  tx: Transaction,
  { actor }: VerbContext,
  { applicationId, secret }: Work,
): Promise<void> {
  await tx.applicationSecret.update({
    where: { id: secret.id },
    data: { revokedAt: null, replacedById: null },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_revocation_cancelled",
    targetId: applicationId,
    changes: secretEndChanges(secret, null),
  });
}

async function revokeUnused(
  tx: Transaction,
  { actor }: VerbContext,
  { applicationId, secret, at }: Work & { at: Date },
): Promise<void> {
  await tx.applicationSecret.update({ where: { id: secret.id }, data: { revokedAt: at }, select: { id: true } });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_revoked",
    targetId: applicationId,
    changes: secretEndChanges(secret, at),
  });
}
