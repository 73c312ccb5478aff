import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import type { SystemActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import type { ClientPublicKey } from "@/lib/oauth/jose/client-key";
import { toStoredJwk } from "./application-key-projection";

/** The keys that an application publishes, as they were read at a moment. */
export type SyncPublishedKeys = {
  applicationId: string;
  /** Where they were read; nothing happens when the application has another address by now. */
  jwksUri: string;
  /** When the reading began; nothing happens when somebody has read them since. */
  fetchedAt: Date;
  keys: readonly ClientPublicKey[];
};

/**
 * Makes the rows of an application's published keys say what is published: a new key becomes a row, one that is gone
 * ends, and with it the tokens that lean on it. A key that staff have revoked stays revoked, however long it is
 * published. A change leaves one audit event. Throws AppError `not_found`.
 */
export async function syncPublishedKeys(
  { actor }: VerbContext<SystemActor>,
  { applicationId, jwksUri, fetchedAt, keys }: SyncPublishedKeys,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const [claimed] = await tx.$queryRaw<unknown[]>`
      UPDATE "applications" SET "jwks_fetched_at" = ${fetchedAt}
      WHERE "id" = ${applicationId}::uuid AND "jwks_uri" = ${jwksUri}
        AND ("jwks_fetched_at" IS NULL OR "jwks_fetched_at" < ${fetchedAt})
      RETURNING "id"`;
    if (claimed === undefined) return;
    const { live, refused } = await readKnownKeys(tx, applicationId);
    const published = keys.filter(({ thumbprint }) => !refused.has(thumbprint));
    const gone = live.filter((row) => !published.some((key) => isSameKey(row, key)));
    const added = published.filter((key) => !live.some((row) => isSameKey(row, key)));
    if (gone.length === 0 && added.length === 0) return;

    // First the end of what is gone: its name may be the name of what is new.
    await tx.applicationKey.updateMany({
      where: { id: { in: gone.map(({ id }) => id) } },
      data: { revokedAt: fetchedAt },
    });
    await tx.applicationKey.createMany({
      data: added.map(({ publicJwk, thumbprint }) => ({
        applicationId,
        source: "published" as const,
        kid: publicJwk.kid,
        publicJwk: toStoredJwk(publicJwk),
        thumbprint,
      })),
    });
    await recordAuditEvent(tx, actor, {
      action: "application.published_keys_changed",
      targetId: applicationId,
      // Told even if it is the same: another key may have taken the name of one that is gone.
      changes: {
        kids: { before: live.map(({ kid }) => kid).sort(), after: published.map((key) => key.publicJwk.kid).sort() },
      },
    });
  });
}

type KnownKey = { id: string; kid: string; thumbprint: string };

async function readKnownKeys(tx: Transaction, applicationId: string) {
  const select = { id: true, kid: true, thumbprint: true } as const;
  const live: KnownKey[] = await tx.applicationKey.findMany({
    where: { applicationId, source: "published", revokedAt: null },
    select,
  });
  const refused = await tx.applicationKey.findMany({
    where: { applicationId, revokedById: { not: null } },
    select: { thumbprint: true },
  });
  return { live, refused: new Set(refused.map(({ thumbprint }) => thumbprint)) };
}

function isSameKey(row: KnownKey, { publicJwk, thumbprint }: ClientPublicKey): boolean {
  return row.kid === publicJwk.kid && row.thumbprint === thumbprint;
}
