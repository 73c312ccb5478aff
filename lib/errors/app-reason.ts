/** What any verb may refuse. */
export const COMMON_REASONS = ["invalid", "not_found"] as const;

/** What the verbs of the rooms API refuse. Told to developers, in English, as the `code` of a problem. */
export const ROOM_REASONS = [
  "room_not_found",
  "page_invalid",
  "room_role_insufficient",
  "room_version_differs",
  "entity_tag_weak",
  "access_not_found",
  "access_exists",
  "accesses_too_many",
  "last_owner",
  "domain_not_allowed",
  "external_id_taken",
  "external_id_not_yours",
] as const;

/** What is refused to whoever works in the portal. Told in their language, as `errors.<reason>` of the messages. */
export const PORTAL_REASONS = [
  // Who asks
  "forbidden",
  "session_ended",
  "reauthentication_required",
  "reauthentication_failed",
  "password_change_required",
  "sign_in_failed",
  "generated_password_expired",
  "sign_in_throttled",
  "sign_in_busy",
  // Two-step sign-in
  "second_factor_required",
  "second_factor_failed",
  "second_factor_lost",
  "second_factor_last",
  "second_factor_missing",
  "second_factor_external",
  "offered_app_over",
  "passkey_refused",
  "passkey_taken",
  "passkeys_too_many",
  "passkeys_need_name",
  // Signing in through the organisation
  "organisation_email_unverified",
  "organisation_email_invalid",
  "organisation_email_taken",
  "organisation_role_missing",
  "organisation_member_inactive",
  "organisation_last_administrator",
  "organisation_cancelled",
  "organisation_unreachable",
  "organisation_answer_refused",
  "organisation_flow_lost",
  "organisation_not_fresh",
  "organisation_other_member",
  // Staff
  "email_invalid",
  "password_too_short",
  "password_too_long",
  "password_looks_hashed",
  "password_guessable",
  "link_invalid",
  "last_administrator",
  "own_account",
  "not_joined",
  "has_joined",
  "member_inactive",
  "password_not_used",
  "role_is_external",
  "installation_name_differs",
  // Applications
  "secrets_too_many",
  "secrets_changed",
  "secret_not_live",
  "secret_used",
  "pick_up_links_too_many",
  "pick_up_link_used",
  "pick_up_link_unknown",
  "pick_up_application_inactive",
  "pick_up_no_room",
  "pick_up_throttled",
  "keys_are_published",
  "keys_too_many",
  "person_rule_taken",
  "person_rules_too_many",
  "allow_list_last",
  // Rooms
  "room_retention_over",
  "room_external_id_taken",
] as const;

export const APP_REASONS = [...COMMON_REASONS, ...ROOM_REASONS, ...PORTAL_REASONS] as const;

export type RoomReason = (typeof ROOM_REASONS)[number];
export type PortalReason = (typeof PORTAL_REASONS)[number];
/** Why a verb refused, for logs, alerts and whoever asked. */
export type AppReason = (typeof APP_REASONS)[number];
