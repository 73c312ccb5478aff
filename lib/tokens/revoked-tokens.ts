import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { EXPIRED_FOR_GOOD_SECONDS, type TokenRevocation } from "@/lib/oauth/presented-token/revocation-endpoint";

/**
 * Stores that a token is worth nothing any more, together with its audit event; false when that was stored before. Of
 * two instances that do it at once, one stores and the other finds it stored.
 */
export async function revokeToken({ claims, client, context }: TokenRevocation): Promise<boolean> {
  const { clientAddress: ip, requestId } = context;
  return inTransaction(async (tx) => {
    const { count } = await tx.revokedToken.createMany({
      data: [
        { jti: claims.tokenId, applicationId: client.applicationId, expiresAt: new Date(claims.expiresAt * 1000) },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    await recordAuditEvent(
      tx,
      { kind: "application", id: client.applicationId, personId: claims.subjectId, ip, requestId },
      {
        action: "token.revoked",
        targetId: claims.subjectId,
        changes: created({ jti: claims.tokenId, credentialId: client.credentialId }),
      },
    );
    return true;
  });
}

/** Revocations of tokens that are over by every clock: nothing depends on them. */
export const EXPIRED_REVOCATIONS: ExpiredRows = {
  table: "revoked_tokens",
  column: "expires_at",
  keptMs: EXPIRED_FOR_GOOD_SECONDS * 1000,
};
