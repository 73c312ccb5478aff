/** What verbs of the rooms API find wrong with a field. Told to developers, in English. */
const ROOM_FIELD_REASONS = [
  "person_cannot_be_acted_for",
  "expiry_not_in_future",
  "domain_not_allowed",
  "join_link_unknown",
  "cursor_invalid",
  "public_rooms_disabled",
] as const;

/** What forms, schemas and verbs of the portal find wrong with a field. Told as `errors.<reason>` of the messages. */
export const PORTAL_FIELD_REASONS = [
  "invalid",
  "not_found",
  "name_required",
  "name_too_long",
  "description_too_long",
  "owner_contact_too_long",
  "control_characters",
  "scope_unknown",
  "domain_policy_required",
  "domains_required",
  "domains_too_many",
  "domain_required",
  "domain_too_long",
  "domain_invalid",
  "secret_label_too_long",
  "revocation_required",
  "secrets_changed",
  "moment_required",
  "moment_invalid",
  "moment_past",
  "room_choice_required",
  "application_name_differs",
  "grant_type_unknown",
  "grant_type_required",
  "authentication_method_unknown",
  "authentication_method_required",
  "token_ttl_invalid",
  "jwks_uri_invalid",
  "jwks_uri_too_long",
  "keys_are_registered",
  "public_key_required",
  "public_key_private",
  "public_key_invalid",
  "public_key_weak",
  "public_key_kid_invalid",
  "public_key_taken",
  "kid_invalid",
  "kid_taken",
  "person_email_required",
  "person_email_invalid",
  "person_rules_too_many",
  "person_rule_taken",
  "display_name_too_long",
  "installation_name_differs",
  "email_required",
  "email_invalid",
  "email_taken",
  "role_required",
  "password_too_short",
  "password_too_long",
  "password_looks_hashed",
  "password_guessable",
  "password_unchanged",
  "current_password_required",
  "current_password_wrong",
  "passkey_name_required",
  "passkey_name_too_long",
  "code_required",
  "code_wrong",
  "member_name_required",
  "member_name_too_long",
] as const;

export const FIELD_REASONS = [...ROOM_FIELD_REASONS, ...PORTAL_FIELD_REASONS] as const;

export type RoomFieldReason = (typeof ROOM_FIELD_REASONS)[number];
export type PortalFieldReason = (typeof PORTAL_FIELD_REASONS)[number];
/** What is wrong with one field. */
export type FieldReason = (typeof FIELD_REASONS)[number];

/** Whether `text`, such as the message of a schema, is one of them. */
export function isFieldReason(text: string): text is FieldReason {
  return (FIELD_REASONS as readonly string[]).includes(text);
}
