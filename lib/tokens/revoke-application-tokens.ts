import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import type { RevokeApplicationTokens } from "@/lib/applications/secrets/application-secret.schema";
import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Revokes every token an application has been given so far, with its next request on every instance. Its secrets stay,
 * so it can get new ones at once. Throws AppError `not_found`.
 */
export async function revokeApplicationTokens(
  { actor }: VerbContext,
  { applicationId }: RevokeApplicationTokens,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const before = await tx.application.findUnique({
      where: { id: applicationId },
      select: { credentialVersion: true },
    });
    if (before === null) throw new AppError("not_found", "not_found");
    // Raised to a value that no token carries yet; the database refuses a lower one.
    const credentialVersion = before.credentialVersion + 1;
    await tx.application.update({
      where: { id: applicationId },
      data: { credentialVersion },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.tokens_revoked",
      targetId: applicationId,
      changes: changed(before, { credentialVersion }),
    });
  });
}
