import "server-only";

import { requireTypedName } from "@/lib/applications/lock-application";
import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import type { CompromiseSecret } from "./application-secret.schema";
import { isSecretLive } from "./live-secret";
import { readLockedSecrets, requireSecret } from "./read-locked-secrets";

/**
 * Marks a secret that somebody else may have. It ends at once and for good, and every token it obtained with it: the
 * mark counts by itself, whatever time the clocks of other instances say. One that had ended keeps its end. Marking twice
 * changes nothing. Throws AppError `invalid` when it is the last live one and another name was typed, `not_found`.
 */
export async function compromiseSecret(
  { applicationId, secretId, confirmation }: CompromiseSecret,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<void> {
  await inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const secret = requireSecret(locked, secretId);
    if (secret.compromisedAt !== null) return;
    const at = now();
    const others = locked.secrets.filter((other) => other.id !== secretId && isSecretLive(other, at));
    if (isSecretLive(secret, at) && others.length === 0) requireTypedName(locked.name, confirmation);
    const endedAt = secret.endedAt !== null && secret.endedAt <= at ? secret.endedAt : at;
    await tx.applicationSecret.update({
      where: { id: secretId },
      data: { endedAt, compromisedAt: at },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_compromised",
      targetKind: "application",
      targetId: applicationId,
      changes: {
        secretId: { before: secretId, after: secretId },
        hint: { before: secret.hint, after: secret.hint },
        endedAt: { before: secret.endedAt?.toISOString() ?? null, after: endedAt.toISOString() },
        compromisedAt: { before: null, after: at.toISOString() },
      },
    });
  });
}
