import "server-only";

import type { AuditChanges } from "@/lib/audit/audit-event";
import type { LockedSecret } from "./read-locked-secrets";

/** The changes of a secret that has another end now. What does not change is told as well: it says which secret this is. */
export function secretEndChanges(
  { id, hint, endedAt: before }: LockedSecret,
  endedAt: Date | null,
): Required<AuditChanges<"application.secret_ended">> {
  return {
    secretId: { before: id, after: id },
    hint: { before: hint, after: hint },
    endedAt: { before: before?.toISOString() ?? null, after: endedAt?.toISOString() ?? null },
  };
}
