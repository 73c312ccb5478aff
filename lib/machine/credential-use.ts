import "server-only";

import { database } from "@/lib/db/client";

export type SecretUse = { applicationId: string; secretId: string; clientAddress: string; at: Date };

export type SecretUseRecorder = {
  /** Notes a use, without delaying the caller. `lastUsedAt`: what the row said in this request. */
  record(use: SecretUse, lastUsedAt: Date | null): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
};

const INTERVAL_MS = 60_000;

/**
 * Writes when and from where a secret was last used, at most once a minute for each secret: across instances by what
 * the row says, inside this one by not starting a second write while the first is under way. Never fails the request.
 */
export function createSecretUseRecorder(deps: {
  write: (use: SecretUse) => Promise<void>;
  onError: (error: unknown) => void;
}): SecretUseRecorder {
  const underWay = new Map<string, Promise<void>>();
  return {
    record(use, lastUsedAt) {
      if (lastUsedAt !== null && use.at.getTime() - lastUsedAt.getTime() < INTERVAL_MS) return;
      if (underWay.has(use.secretId)) return;
      const written = deps
        .write(use)
        .catch(deps.onError)
        .finally(() => underWay.delete(use.secretId));
      underWay.set(use.secretId, written);
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}

/** Stores a use on the secret and on its application. `updated_at` stays: nobody has edited anything. */
export async function writeSecretUse({ applicationId, secretId, clientAddress, at }: SecretUse): Promise<void> {
  await database().applicationSecret.updateMany({
    where: { id: secretId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: at } }] },
    data: { lastUsedAt: at, lastUsedIp: clientAddress },
  });
  await database().$executeRaw`
    UPDATE "applications" SET "last_used_at" = ${at}
    WHERE "id" = ${applicationId}::uuid AND ("last_used_at" IS NULL OR "last_used_at" < ${at})`;
}
