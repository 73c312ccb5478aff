import "server-only";

import { AUDIT_TARGET_KINDS, type AuditTargetKind } from "@/lib/audit/audit-event";
import { isUuid } from "@/lib/uuid";

/** Who or what may be involved in an event. */
export type InvolvedKey = { kind: AuditTargetKind; id: string };

/** Reads a party as addresses of the log say it, `application:` and its id; undefined for any other text. */
export function readInvolved(text: string): InvolvedKey | undefined {
  const [kind, id, ...rest] = text.split(":");
  const known = AUDIT_TARGET_KINDS.find((name) => name === kind);
  return known !== undefined && isUuid(id) && rest.length === 0 ? { kind: known, id: id.toLowerCase() } : undefined;
}

/** Writes a party as addresses of the log say it. */
export function toInvolved({ kind, id }: InvolvedKey): string {
  return `${kind}:${id}`;
}
