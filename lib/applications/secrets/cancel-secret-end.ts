import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { CancelSecretEnd } from "./application-secret.schema";
import { isSecretLive } from "./live-secret";
import { type LockedSecret, readLockedSecrets, requireSecret } from "./read-locked-secrets";
import { secretEndChanges } from "./secret-end-changes";

/** What became of the secret that the rotation had made: `none` when the end belonged to no rotation. */
export type CancelledSecretEnd = { newSecret: "ended" | "kept" | "none" };

/**
 * Takes back the end that was set for a secret. If a rotation had set it, the rotation is cancelled as a whole: none of
 * the secrets it was to replace ends any more. Its new secret ends at once if nobody has ever used it, because a secret
 * without a place is only a risk; one that is in use stays. Cancelling twice changes nothing.
 *
 * Throws AppError `conflict` when the secret has ended meanwhile: what has ended never comes back. `not_found`.
 */
export async function cancelSecretEnd(
  ctx: VerbContext,
  { applicationId, secretId }: CancelSecretEnd,
): Promise<CancelledSecretEnd> {
  return inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    const at = ctx.now();
    if (!isSecretLive(secret, at)) throw new AppError("conflict", "secret_has_ended");
    if (secret.endedAt === null) return { newSecret: "none" };
    const { replacedById } = secret;
    const isOfRotation = (other: LockedSecret) => replacedById !== null && other.replacedById === replacedById;
    const spared = locked.secrets.filter(
      (other) => (other.id === secretId || isOfRotation(other)) && isSecretLive(other, at) && other.endedAt !== null,
    );
    for (const one of spared) await spare(tx, ctx, { applicationId, secret: one });

    const successor = locked.secrets.find(({ id }) => id === replacedById);
    if (successor === undefined) return { newSecret: "none" };
    if (!isSecretLive(successor, at) || successor.lastUsedAt !== null) return { newSecret: "kept" };
    await endUnused(tx, ctx, { applicationId, secret: successor, at });
    return { newSecret: "ended" };
  });
}

type Work = { applicationId: string; secret: LockedSecret };

async function spare(tx: Transaction, { actor }: VerbContext, { applicationId, secret }: Work): Promise<void> {
  await tx.applicationSecret.update({
    where: { id: secret.id },
    data: { endedAt: null, replacedById: null },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_end_cancelled",
    targetKind: "application",
    targetId: applicationId,
    changes: secretEndChanges(secret, null),
  });
}

async function endUnused(
  tx: Transaction,
  { actor }: VerbContext,
  { applicationId, secret, at }: Work & { at: Date },
): Promise<void> {
  await tx.applicationSecret.update({ where: { id: secret.id }, data: { endedAt: at }, select: { id: true } });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_ended",
    targetKind: "application",
    targetId: applicationId,
    changes: secretEndChanges(secret, at),
  });
}
