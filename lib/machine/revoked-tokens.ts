import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import { EXPIRED_FOR_GOOD_SECONDS, type TokenRevocation } from "@/lib/oauth/revocation-endpoint";

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
        targetKind: "person",
        targetId: claims.subjectId,
        changes: {
          jti: { before: null, after: claims.tokenId },
          credentialId: { before: null, after: client.credentialId },
        },
      },
    );
    return true;
  });
}

/** Deletes the revocations of tokens that are over by every clock: nothing depends on them. Returns how many. */
export async function purgeRevokedTokens(now: Date): Promise<number> {
  const over = new Date(now.getTime() - EXPIRED_FOR_GOOD_SECONDS * 1000);
  const { count } = await database().revokedToken.deleteMany({ where: { expiresAt: { lt: over } } });
  return count;
}

export type RevokedTokenPurger = {
  /** Starts a purge unless one was started within the last minute. Delays nobody and never throws. */
  purge(): void;
  /** Resolves when no purge is under way. */
  settled(): Promise<void>;
};

const INTERVAL_MS = 60_000;

/** Makes the purge that goes along with other work. Failing is harmless: the next one deletes what this one left. */
export function createRevokedTokenPurger(deps: {
  purgeRevokedTokens(now: Date): Promise<number>;
  onError(error: unknown): void;
  now(): Date;
}): RevokedTokenPurger {
  let startedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<unknown> = Promise.resolve();
  return {
    purge() {
      const now = deps.now();
      if (now.getTime() - startedAt < INTERVAL_MS) return;
      startedAt = now.getTime();
      underWay = underWay.then(() => deps.purgeRevokedTokens(now)).catch(deps.onError);
    },
    async settled() {
      await underWay;
    },
  };
}
