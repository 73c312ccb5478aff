import "server-only";

import type { IssuedCredentials } from "@/lib/applications/application.types";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { AddSecret } from "./application-secret.schema";
import { insertSecret, makeSecret, requireRoomForSecret } from "./insert-secret";

/**
 * Gives an application one more secret beside those it has. The secret is returned here and nowhere else, ever. Throws
 * AppError `conflict` for a sixth live one, `invalid` for an expiry that has passed, `not_found`.
 */
export async function addSecret(ctx: VerbContext, input: AddSecret): Promise<IssuedCredentials> {
  const made = await makeSecret(ctx, input, (secrets, at) => ({
    expiresAt: requireRoomForSecret(secrets, { expiresAt: input.expiresAt }, at),
  }));
  return inTransaction(async (tx) => {
    const { secret, credentials } = await insertSecret(tx, ctx, made);
    await recordAuditEvent(tx, ctx.actor, {
      action: "application.secret_created",
      targetId: input.applicationId,
      changes: created(secret),
    });
    return credentials;
  });
}
