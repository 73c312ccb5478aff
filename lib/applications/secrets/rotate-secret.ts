import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RotateSecret } from "./application-secret.schema";
import { insertSecret, makeSecret, requireRoomForSecret } from "./insert-secret";
import { isSecretLive, resolveRevocation } from "./live-secret";
import type { LockedSecret, LockedSecrets } from "./lock-secrets";

/**
 * Makes a new secret and schedules the revocation of those it replaces: both are live until then, so that whoever holds
 * an old one can change over without an interruption. Without old ones it is a new secret and nothing else. The secret
 * is returned here and nowhere else, ever.
 *
 * Throws AppError `conflict` when one of the old secrets is scheduled for revocation already (of two rotations at once,
 * one is refused) and for a sixth live secret; `invalid` for a moment that has passed; `not_found`.
 */
export async function rotateSecret(ctx: VerbContext, input: RotateSecret): Promise<IssuedCredentials> {
  const made = await makeSecret(ctx, input, (secrets, at) => decideRotation(secrets, input, at));
  return inTransaction(async (tx) => {
    const { secret, decision, credentials } = await insertSecret(tx, ctx, made);
    const { revokedAt, replaced } = decision;
    await tx.applicationSecret.updateMany({
      where: { id: { in: input.secretIds } },
      data: { revokedAt, replacedById: secret.secretId },
    });
    await recordAuditEvent(tx, ctx.actor, {
      action: "application.secret_rotated",
      targetId: input.applicationId,
      changes: created({
        ...secret,
        replacedSecretIds: replaced.map(({ id }) => id),
        replacedHints: replaced.map(({ hint }) => hint),
        revokedAt: replaced.length === 0 ? null : revokedAt,
      }),
    });
    return credentials;
  });
}

/**
 * What a rotation at this moment replaces, and when the old and the new ones end. Throws what `rotateSecret` throws.
 */
export function decideRotation(secrets: LockedSecrets, input: RotateSecret, at: Date) {
  const revokedAt = resolveRevocation(input, at);
  const replaced = requireReplaceable(secrets, input.secretIds, at);
  const ending = revokedAt <= at ? input.secretIds : [];
  const expiresAt = requireRoomForSecret(secrets, { expiresAt: input.expiresAt, ending }, at);
  return { revokedAt, replaced, expiresAt };
}

/** What is to be replaced must be what somebody saw on the screen: live, and not scheduled for revocation. */
function requireReplaceable({ secrets }: LockedSecrets, secretIds: readonly string[], at: Date): LockedSecret[] {
  const replaced = secrets.filter(
    (secret) => secretIds.includes(secret.id) && isSecretLive(secret, at) && secret.revokedAt === null,
  );
  if (replaced.length !== secretIds.length) throw new AppError("conflict", "secrets_changed");
  return replaced;
}
