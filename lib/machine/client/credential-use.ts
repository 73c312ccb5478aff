import "server-only";

import { database } from "@/lib/db/client";
import { MINUTE_MS } from "@/lib/time";

export type CredentialUse = {
  kind: "secret" | "key";
  applicationId: string;
  credentialId: string;
  clientAddress: string;
  at: Date;
};

export type CredentialUseRecorder = {
  /** Notes a use, without delaying the caller. `lastUsedAt`: what the row said in this request, null when it was not read. */
  record(use: CredentialUse, lastUsedAt: Date | null): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
};

const INTERVAL_MS = MINUTE_MS;
const REMEMBERED_MAX = 10_000;

/**
 * Writes when and from where a credential was last used, at most once a minute for each: across instances by what the
 * row says, inside this one by what it remembers. Never fails the request.
 */
export function createCredentialUseRecorder(deps: {
  write: (use: CredentialUse) => Promise<void>;
  onError: (error: unknown) => void;
}): CredentialUseRecorder {
  const underWay = new Map<string, Promise<void>>();
  const written = new Map<string, number>();

  function wasJustWritten({ credentialId, at }: CredentialUse, lastUsedAt: Date | null): boolean {
    const last = Math.max(lastUsedAt?.getTime() ?? 0, written.get(credentialId) ?? 0);
    return at.getTime() - last < INTERVAL_MS;
  }

  async function write(use: CredentialUse): Promise<void> {
    await deps.write(use);
    if (written.size >= REMEMBERED_MAX) written.clear();
    written.set(use.credentialId, use.at.getTime());
  }

  return {
    record(use, lastUsedAt) {
      if (underWay.has(use.credentialId) || wasJustWritten(use, lastUsedAt)) return;
      const writing = write(use)
        .catch(deps.onError)
        .finally(() => underWay.delete(use.credentialId));
      underWay.set(use.credentialId, writing);
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}

/** Stores a use on the credential and on its application. `updated_at` stays: nobody has edited anything. */
export async function writeCredentialUse(use: CredentialUse): Promise<void> {
  const { kind, applicationId, credentialId: id, clientAddress, at } = use;
  const where = { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: at } }] };
  const data = { lastUsedAt: at, lastUsedIp: clientAddress };
  if (kind === "secret") await database().applicationSecret.updateMany({ where, data });
  else await database().applicationKey.updateMany({ where, data });
  await database().$executeRaw`
    UPDATE "applications" SET "last_used_at" = ${at}
    WHERE "id" = ${applicationId}::uuid AND "deleted_at" IS NULL AND ("last_used_at" IS NULL OR "last_used_at" < ${at})`;
}
