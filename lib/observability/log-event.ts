import "server-only";

/** Every event that the log can tell of. What each means, and with which fields, is in docs/log-inventory.md. */
export const LOG_EVENTS = [
  "token_issued",
  "token_refused",
  "token_revoked",
  "revocation_ignored",
  "revocation_refused",
  "token_introspected",
  "introspection_refused",
  "external_used",
  "external_refused",
  "request_refused",
  "request_failed",
  "action_refused",
  "action_failed",
  "organisation_sign_in_refused",
  "organisation_sign_in_failed",
  "next_auth_refused",
  "next_auth_warned",
  "signing_keys_reloaded",
  "signing_keys_not_reloaded",
  "signing_keys_unreadable",
  "credential_use_not_written",
  "assertions_not_purged",
  "jwks_not_fetched",
  "rooms_not_purged",
  "revoked_tokens_not_purged",
  "usage_not_written",
  "usage_lost",
  "unexpected_secret_hash",
  "not_ready",
  "close_failed",
  "data_directory_lost",
  "rejection_unhandled",
] as const;

export type LogEvent = (typeof LOG_EVENTS)[number];
