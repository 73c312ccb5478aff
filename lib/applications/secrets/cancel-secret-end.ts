import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { CancelSecretEnd } from "./application-secret.schema";
import { isSecretLive } from "./live-secret";
import { type LockedSecret, readLockedSecrets, requireSecret } from "./read-locked-secrets";

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
  { applicationId, secretId }: CancelSecretEnd,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<CancelledSecretEnd> {
  return inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    const at = now();
    if (!isSecretLive(secret, at)) throw new AppError("conflict", "secret_has_ended");
    if (secret.endedAt === null) return { newSecret: "none" };
    const { replacedById } = secret;
    const isOfRotation = (other: LockedSecret) => replacedById !== null && other.replacedById === replacedById;
    const spared = locked.secrets.filter(
      (other) => (other.id === secretId || isOfRotation(other)) && isSecretLive(other, at) && other.endedAt !== null,
    );
    for (const one of spared) await spare(tx, { applicationId, secret: one }, actor);

    const successor = locked.secrets.find(({ id }) => id === replacedById);
    if (successor === undefined) return { newSecret: "none" };
    if (!isSecretLive(successor, at) || successor.lastUsedAt !== null) return { newSecret: "kept" };
    await endUnused(tx, { applicationId, secret: successor, at }, actor);
    return { newSecret: "ended" };
  });
}

type Work = { applicationId: string; secret: LockedSecret };

async function spare(tx: Transaction, { applicationId, secret }: Work, actor: StaffActor): Promise<void> {
  await tx.applicationSecret.update({
    where: { id: secret.id },
    data: { endedAt: null, replacedById: null },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_end_cancelled",
    targetKind: "application",
    targetId: applicationId,
    changes: {
      secretId: { before: secret.id, after: secret.id },
      hint: { before: secret.hint, after: secret.hint },
      endedAt: { before: secret.endedAt?.toISOString() ?? null, after: null },
    },
  });
}

async function endUnused(
  tx: Transaction,
  { applicationId, secret, at }: Work & { at: Date },
  actor: StaffActor,
): Promise<void> {
  await tx.applicationSecret.update({ where: { id: secret.id }, data: { endedAt: at }, select: { id: true } });
  await recordAuditEvent(tx, actor, {
    action: "application.secret_ended",
    targetKind: "application",
    targetId: applicationId,
    changes: {
      secretId: { before: secret.id, after: secret.id },
      hint: { before: secret.hint, after: secret.hint },
      endedAt: { before: secret.endedAt?.toISOString() ?? null, after: at.toISOString() },
    },
  });
}
