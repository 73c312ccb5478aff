import "server-only";

/** What the server refuses before any route sees the request. */
export const REQUEST_REASONS = [
  "request_malformed",
  "address_unknown",
  "origin_foreign",
  "host_foreign",
  "method_not_routed",
  "body_too_large",
  "body_encoded",
  "header_fields_too_many",
  "pages_overloaded",
  "metrics_token_wrong",
] as const;
export type RequestReason = (typeof REQUEST_REASONS)[number];

/** What the external API refuses whatever the verb: how the call was sent, and how many there were. */
export const HTTP_REASONS = [
  "invalid",
  "json_malformed",
  "body_not_utf8",
  "body_unreadable",
  "body_too_large",
  "media_type",
  "charset",
  "content_encoding",
  "quota_exceeded",
  "condition_malformed",
  "idempotency_key_malformed",
  "idempotency_key_in_use",
  "idempotency_key_reused",
  "not_found",
  "method_not_allowed",
] as const;
export type HttpReason = (typeof HTTP_REASONS)[number];
