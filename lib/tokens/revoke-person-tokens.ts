import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { tokenCutoff } from "@/lib/oauth/access-token/token-cutoff";
import { lockPerson } from "@/lib/people/lock-person";
import type { RevokePersonTokens } from "@/lib/people/person.schema";

/**
 * Revokes every token on behalf of a person (`tokenCutoff`), with the next call and for good. New ones that work can be
 * had when those seconds are over. Throws AppError `not_found`.
 */
export async function revokePersonTokens({ actor, now }: VerbContext, { personId }: RevokePersonTokens): Promise<void> {
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const tokensRevokedAt = tokenCutoff(now());
    const before = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { tokensRevokedAt: true },
    });
    await tx.person.update({ where: { id: personId }, data: { tokensRevokedAt }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: "person.tokens_revoked",
      targetId: personId,
      changes: changed(before, { tokensRevokedAt }),
    });
  });
}
