import "server-only";

import { database } from "@/lib/db/client";
import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { MINUTE_MS } from "@/lib/time";

export type AssertionUse = { applicationId: string; jti: string; expiresAt: Date };

/** Ids of assertions that nobody accepts any more, also not an instance whose clock is as far behind as a minute. */
export const EXPIRED_ASSERTIONS: ExpiredRows = { table: "assertion_jtis", column: "expires_at", keptMs: MINUTE_MS };

/**
 * Stores the id of an assertion, so that each is used once (RFC 7523 §3): false when the application has used it before, on
 * this instance or on another, or is not there any more. The unique key of the table decides, so twenty requests at once
 * are one success wherever they arrive.
 */
export async function storeAssertionId({ applicationId, jti, expiresAt }: AssertionUse): Promise<boolean> {
  const stored = await database().$executeRaw`
    INSERT INTO "assertion_jtis" ("application_id", "jti", "expires_at")
    SELECT a."id", ${jti}, ${expiresAt} FROM "applications" a WHERE a."id" = ${applicationId}::uuid AND a."deleted_at" IS NULL
    ON CONFLICT DO NOTHING`;
  return stored === 1;
}
