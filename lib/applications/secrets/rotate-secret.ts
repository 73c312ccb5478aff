import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RotateSecret } from "./application-secret.schema";
import { insertSecret, makeSecret, requireRoomForSecret } from "./insert-secret";
import { isSecretLive, resolveSecretEnd } from "./live-secret";
import { type LockedSecret, type LockedSecrets, readLockedSecrets, readSecrets } from "./read-locked-secrets";

/**
 * Makes a new secret and sets the end of those it replaces: both are live until then, so that whoever holds an old one
 * can change over without an interruption. Without old ones it is a new secret and nothing else. The secret is returned
 * here and nowhere else, ever.
 *
 * Throws AppError `conflict` when one of the old secrets has an end already (of two rotations at once, one is refused)
 * and for a sixth live secret; `invalid` for a moment that has passed; `not_found`.
 */
export async function rotateSecret(
  input: RotateSecret,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<IssuedCredentials> {
  const { applicationId, secretIds, label } = input;
  const known = await readSecrets(database(), applicationId);
  // Refused before anything costly is done, and decided once more under the lock.
  decide(known, input, now());
  const made = await makeSecret(known.clientId);
  return inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const { endedAt, replaced, expiresAt } = decide(locked, input, now());
    const secret = await insertSecret(tx, { applicationId, made, label, expiresAt }, actor);
    await tx.applicationSecret.updateMany({
      where: { id: { in: secretIds } },
      data: { endedAt, replacedById: secret.secretId },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.secret_rotated",
      targetKind: "application",
      targetId: applicationId,
      changes: {
        secretId: { before: null, after: secret.secretId },
        hint: { before: null, after: secret.hint },
        label: { before: null, after: secret.label },
        expiresAt: { before: null, after: secret.expiresAt?.toISOString() ?? null },
        replacedSecretIds: { before: null, after: replaced.map(({ id }) => id) },
        replacedHints: { before: null, after: replaced.map(({ hint }) => hint) },
        endedAt: { before: null, after: replaced.length === 0 ? null : endedAt.toISOString() },
      },
    });
    const { name, clientId } = locked;
    return { applicationId, name, clientId, clientSecret: secret.clientSecret };
  });
}

/** What a rotation at this moment replaces, and when the old and the new ones end. Throws what `rotateSecret` throws. */
function decide(secrets: LockedSecrets, input: RotateSecret, at: Date) {
  const endedAt = resolveSecretEnd(input, at);
  const replaced = requireReplaceable(secrets, input.secretIds, at);
  const ending = endedAt <= at ? input.secretIds : [];
  const expiresAt = requireRoomForSecret(secrets, { expiresAt: input.expiresAt, ending }, at);
  return { endedAt, replaced, expiresAt };
}

/** What is to be replaced must be what somebody saw on the screen: live, and without an end. */
function requireReplaceable({ secrets }: LockedSecrets, secretIds: readonly string[], at: Date): LockedSecret[] {
  const replaced = secrets.filter(
    (secret) => secretIds.includes(secret.id) && isSecretLive(secret, at) && secret.endedAt === null,
  );
  if (replaced.length !== secretIds.length) throw new AppError("conflict", "secrets_changed");
  return replaced;
}
