import "server-only";

import type { AuditChanges } from "@/lib/audit/audit-event";
import type { LockedSecret } from "./lock-secrets";

/**
 * The changes of a secret whose revocation was set, moved or cancelled. What does not change is told as well: it says
 * which secret this is.
 */
export function secretEndChanges(
  { id, hint, revokedAt: before }: LockedSecret,
  revokedAt: Date | null,
): Required<AuditChanges<"application.secret_revoked">> {
  return {
    secretId: { before: id, after: id },
    hint: { before: hint, after: hint },
    revokedAt: { before: before?.toISOString() ?? null, after: revokedAt?.toISOString() ?? null },
  };
}
