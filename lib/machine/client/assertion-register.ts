import "server-only";

import { database } from "@/lib/db/client";
import { createPeriodicPurge } from "@/lib/machine/periodic-purge";
import { MINUTE_MS } from "@/lib/time";

export type AssertionUse = { applicationId: string; jti: string; expiresAt: Date };

export type AssertionRegister = {
  /** Remembers the id of an assertion; false when it was used before, on this instance or on another. */
  consume(use: AssertionUse): Promise<boolean>;
  /** Resolves when nothing is being purged any more. */
  settled(): Promise<void>;
};

/** Instances whose clocks differ by less than this never forget an id that another one would still accept. */
const PURGE_DELAY_MS = MINUTE_MS;

/**
 * Lets every assertion be used once (RFC 7523 §3). The unique key of the table decides, so twenty requests at once are
 * one success wherever they arrive. What has expired is purged beside the requests, at most once a minute.
 */
export function createAssertionRegister(deps: {
  store(use: AssertionUse): Promise<boolean>;
  purge(now: Date): Promise<unknown>;
  onError(error: unknown): void;
  now(): Date;
}): AssertionRegister {
  const purge = createPeriodicPurge(deps);
  return {
    async consume(use) {
      const isFirst = await deps.store(use);
      purge.start();
      return isFirst;
    },
    settled: purge.settled,
  };
}

/** Stores the id of an assertion. False when the application has used it before, or is not there any more. */
export async function storeAssertionId({ applicationId, jti, expiresAt }: AssertionUse): Promise<boolean> {
  const stored = await database().$executeRaw`
    INSERT INTO "assertion_jtis" ("application_id", "jti", "expires_at")
    SELECT a."id", ${jti}, ${expiresAt} FROM "applications" a WHERE a."id" = ${applicationId}::uuid AND a."deleted_at" IS NULL
    ON CONFLICT DO NOTHING`;
  return stored === 1;
}

/** Forgets the assertions that nobody accepts any more, and returns how many they were. */
export async function purgeExpiredAssertions(now: Date): Promise<number> {
  const before = new Date(now.getTime() - PURGE_DELAY_MS);
  const { count } = await database().assertionJti.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
