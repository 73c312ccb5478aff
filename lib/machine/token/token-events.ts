import "server-only";

import type { RefusedRequest, TokenIssuedEvent } from "@/lib/oauth/ports";
import type { TokenIntrospectedEvent } from "@/lib/oauth/presented-token/introspection-endpoint";
import type { RevocationIgnoredEvent, TokenRevocation } from "@/lib/oauth/presented-token/revocation-endpoint";
import { log } from "@/lib/observability/logger";
import { incrementCounter } from "@/lib/observability/metrics/metrics";
import { logRefusal, type RefusalFields } from "@/lib/observability/refusal-log";

/** Counts and logs a token that was issued. */
export function reportTokenIssued(event: TokenIssuedEvent): void {
  incrementCounter("vestibule_token_issued_total");
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
export function reportTokenRefused(event: RefusedRequest): void {
  incrementCounter("vestibule_token_refused_total", { reason: event.reason });
  reportRefusal({ event: "token_refused", ...refusalFields(event) }, event, "Token refused");
}

/** Counts and logs a token that was revoked by its application. The audit event was stored with the revocation. */
export function reportTokenRevoked({ claims, client, context }: TokenRevocation): void {
  incrementCounter("vestibule_token_revoked_total");
  log.info(
    {
      event: "token_revoked",
      client_id: client.clientId,
      credential_id: client.credentialId,
      person_id: claims.subjectId,
      jti: claims.tokenId,
      client_address: context.clientAddress,
    },
    "Token revoked",
  );
}

/** Counts and logs a revocation that changed nothing: of what was no live token of ours. */
export function reportRevocationIgnored({ reason, clientId, context }: RevocationIgnoredEvent): void {
  incrementCounter("vestibule_revocation_ignored_total", { reason });
  log.info(
    { event: "revocation_ignored", reason, client_id: clientId, client_address: context.clientAddress },
    "Nothing to revoke",
  );
}

/** Counts and logs a refused revocation. */
export function reportRevocationRefused(event: RefusedRequest): void {
  incrementCounter("vestibule_revocation_refused_total", { reason: event.reason });
  reportRefusal({ event: "revocation_refused", ...refusalFields(event) }, event, "Revocation refused");
}

/** Counts and logs an introspection that was answered; `reason` says why the token is not active. */
export function reportTokenIntrospected({ isActive, reason, clientId, context }: TokenIntrospectedEvent): void {
  incrementCounter("vestibule_token_introspected_total", { active: isActive ? "true" : "false" });
  log.info(
    {
      event: "token_introspected",
      active: isActive,
      reason,
      client_id: clientId,
      client_address: context.clientAddress,
    },
    "Token introspected",
  );
}

/** Counts and logs a refused introspection. */
export function reportIntrospectionRefused(event: RefusedRequest): void {
  incrementCounter("vestibule_introspection_refused_total", { reason: event.reason });
  reportRefusal({ event: "introspection_refused", ...refusalFields(event) }, event, "Introspection refused");
}

function refusalFields({ code, reason, detail, clientId, context }: RefusedRequest) {
  return { code, reason, detail, client_id: clientId, client_address: context.clientAddress };
}

function reportRefusal(fields: RefusalFields, { cause, code }: RefusedRequest, message: string): void {
  if (cause === undefined && code !== "server_error") logRefusal(fields, message);
  else log.error({ ...fields, err: cause }, message);
}
