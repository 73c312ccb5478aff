import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import type { AddSecret } from "./application-secret.schema";
import { insertSecret, makeSecret, requireRoomForSecret } from "./insert-secret";
import { readLockedSecrets, readSecrets } from "./read-locked-secrets";

/**
 * Gives an application one more secret beside those it has. The secret is returned here and nowhere else, ever. Throws
 * AppError `conflict` for a sixth live one, `invalid` for an expiry that has passed, `not_found`.
 */
export async function addSecret(
  { applicationId, label, expiresAt }: AddSecret,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<IssuedCredentials> {
  const known = await readSecrets(database(), applicationId);
  // Refused before anything costly is done, and decided once more under the lock.
  requireRoomForSecret(known, { expiresAt }, now());
  const made = await makeSecret(known.clientId);
  return inTransaction(async (tx) => {
    const locked = await readLockedSecrets(tx, applicationId);
    const expiry = requireRoomForSecret(locked, { expiresAt }, now());
    const secret = await insertSecret(tx, { applicationId, made, label, expiresAt: expiry }, actor);
    await recordAuditEvent(tx, actor, {
      action: "application.secret_created",
      targetKind: "application",
      targetId: applicationId,
      changes: {
        secretId: { before: null, after: secret.secretId },
        hint: { before: null, after: secret.hint },
        label: { before: null, after: secret.label },
        expiresAt: { before: null, after: secret.expiresAt?.toISOString() ?? null },
      },
    });
    const { name, clientId } = locked;
    return { applicationId, name, clientId, clientSecret: secret.clientSecret };
  });
}
