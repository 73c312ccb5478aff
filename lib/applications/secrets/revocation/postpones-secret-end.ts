import "server-only";

import type { VerbContext } from "@/lib/audit/verb-context";
import { database } from "@/lib/db/client";
import type { RevokeSecret } from "../application-secret.schema";
import { isSecretLive, resolveRevocation } from "../live-secret";

/**
 * Tells whether a secret whose revocation is scheduled would be revoked later than that. Throws AppError `invalid` for a
 * moment that has passed.
 */
export async function postponesSecretEnd(
  { applicationId, secretId, ...end }: RevokeSecret,
  { now }: Pick<VerbContext, "now">,
): Promise<boolean> {
  const secret = await database().applicationSecret.findFirst({
    where: { id: secretId, applicationId },
    select: { revokedAt: true, expiresAt: true, compromisedAt: true },
  });
  const at = now();
  if (secret === null || secret.revokedAt === null || !isSecretLive(secret, at)) return false;
  return resolveRevocation(end, at) > secret.revokedAt;
}
