import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { tokenCutoff } from "@/lib/oauth/access-token/token-cutoff";
import type { RevokeAllTokens } from "./revoke-all-tokens.schema";

/** What has to be typed: the host under which people know this installation, so that nobody revokes the tokens of another one. */
export function revokeAllTokensPhrase({ publicUrl }: Pick<Config, "publicUrl">): string {
  return new URL(publicUrl).host;
}

/**
 * Revokes every access token that was issued up to now (`tokenCutoff`), on every instance with its next request.
 * Secrets and keys stay; applications get new tokens by asking. Throws AppError `invalid` / `installation_name_differs`
 * unless the name of the installation was typed.
 */
export async function revokeAllTokens(
  { actor, now, config }: VerbContext,
  { confirmation }: RevokeAllTokens,
): Promise<void> {
  if (confirmation !== revokeAllTokensPhrase(config).toLowerCase()) {
    throw new AppError("invalid", "installation_name_differs", {
      fieldErrors: { confirmation: "installation_name_differs" },
    });
  }
  const revokedAt = tokenCutoff(now());
  await inTransaction(async (tx) => {
    // The later moment wins: two people who do it at once have both done it.
    await tx.$executeRaw`
      INSERT INTO "token_cutoff" AS c ("id", "tokens_revoked_at") VALUES (1, ${revokedAt})
      ON CONFLICT ("id") DO UPDATE SET "tokens_revoked_at" = GREATEST(c."tokens_revoked_at", EXCLUDED."tokens_revoked_at")`;
    await recordAuditEvent(tx, actor, {
      action: "token.all_revoked",
      targetId: null,
      changes: created({ revokedAt }),
    });
  });
}
