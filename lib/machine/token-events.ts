import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database } from "@/lib/db/client";
import type { TokenIssuedEvent, TokenRefusedEvent } from "@/lib/oauth/ports";
import { log } from "@/lib/observability/logger";
import { incrementCounter } from "@/lib/observability/metrics";

/** Writes the audit event of a token that is about to be handed out. */
export async function auditTokenIssued(event: TokenIssuedEvent): Promise<void> {
  const { clientAddress: ip, requestId } = event.context;
  await recordAuditEvent(
    database(),
    { kind: "application", id: event.applicationId, personId: event.subjectId, ip, requestId },
    {
      action: "token.issued",
      targetKind: "person",
      targetId: event.subjectId,
      changes: {
        scopes: { before: null, after: event.scopes },
        credentialId: { before: null, after: event.credentialId },
        jti: { before: null, after: event.jti },
        expiresAt: { before: null, after: event.expiresAt.toISOString() },
      },
    },
  );
}

/** Counts and logs a token that was issued. */
export function reportTokenIssued(event: TokenIssuedEvent): void {
  incrementCounter("token_issued_total");
  log.info(
    {
      event: "token_issued",
      client_id: event.clientId,
      grant_type: event.grantType,
      authentication_method: event.method,
      credential_id: event.credentialId,
      person_id: event.subjectId,
      scopes: event.scopes,
      jti: event.jti,
      client_address: event.context.clientAddress,
    },
    "Token issued",
  );
}

/** Counts and logs a refusal. A failure of ours is an error with its cause, a failure of theirs is information. */
export function reportTokenRefused(event: TokenRefusedEvent): void {
  incrementCounter("token_refused_total", { reason: event.reason });
  const fields = {
    event: "token_refused",
    code: event.code,
    reason: event.reason,
    detail: event.detail,
    client_id: event.clientId,
    client_address: event.context.clientAddress,
  };
  if (event.cause === undefined && event.code !== "server_error") log.info(fields, "Token refused");
  else log.error({ ...fields, err: event.cause }, "Token refused");
}
