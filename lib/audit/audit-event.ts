/**
 * Everything the audit log can tell, and for each action the fields whose values it may keep. What is not listed cannot
 * be stored: that, not care, is what keeps secrets, PIN codes and e-mail addresses out of a log nobody can delete from.
 */
export const AUDIT_FIELDS = {
  "staff.signed_in": ["factor"],
  "staff.sign_in_failed": ["failures", "step"],
  "staff.organisation_sign_in_refused": ["reason"],
  "staff.signed_out": [],
  "staff.reauthenticated": ["factor"],
  "staff.reauthentication_failed": [],
  "staff.created": ["role"],
  "staff.impersonation_allowed": ["isImpersonationAllowed"],
  "staff.impersonation_forbidden": ["isImpersonationAllowed"],
  "staff.invited": ["role", "expiresAt"],
  "staff.invitation_renewed": ["expiresAt"],
  "staff.invitation_revoked": [],
  "staff.joined": [],
  "staff.role_changed": ["role"],
  "staff.activated": ["isActive"],
  "staff.deactivated": ["isActive"],
  "staff.password_changed": [],
  "staff.password_reset_offered": ["expiresAt"],
  "staff.password_reset": [],
  "staff.signed_out_everywhere": [],
  "staff.passkey_added": ["passkeyName"],
  "staff.passkey_renamed": ["passkeyName"],
  "staff.passkey_removed": ["passkeyName"],
  "staff.authenticator_app_added": [],
  "staff.authenticator_app_removed": [],
  "staff.recovery_codes_made": ["codes"],
  "staff.second_factors_reset": ["passkeys", "hasApp"],
  "application.created": ["name", "description", "ownerContact", "clientId", "scopes", "domains", "isActive"],
  "application.updated": ["name", "description", "ownerContact", "scopes", "domains"],
  "application.person_rules_added": ["effect", "ruleIds", "personIds"],
  "application.person_rules_removed": ["effect", "ruleIds", "personIds"],
  "application.activated": ["isActive"],
  "application.deactivated": ["isActive"],
  "application.secret_created": ["secretId", "hint", "label", "expiresAt"],
  "application.secret_rotated": [
    "secretId",
    "hint",
    "label",
    "expiresAt",
    "replacedSecretIds",
    "replacedHints",
    "revokedAt",
  ],
  "application.pick_up_link_made": [
    "linkId",
    "label",
    "secretExpiresAt",
    "expiresAt",
    "replacedSecretIds",
    "replacedHints",
  ],
  "application.pick_up_link_revoked": ["linkId"],
  "application.pick_up_link_reopened": ["linkId"],
  "application.secret_picked_up": [
    "linkId",
    "secretId",
    "hint",
    "label",
    "expiresAt",
    "replacedSecretIds",
    "replacedHints",
    "revokedAt",
  ],
  "application.secret_revocation_scheduled": ["secretId", "hint", "revokedAt"],
  "application.secret_revocation_cancelled": ["secretId", "hint", "revokedAt"],
  "application.secret_revoked": ["secretId", "hint", "revokedAt"],
  "application.secret_marked_compromised": ["secretId", "hint", "revokedAt", "compromisedAt"],
  "application.tokens_revoked": ["credentialVersion"],
  "application.deleted": ["name", "clientId", "roomsKept", "roomsDeleted"],
  "application.authentication_changed": ["grantTypes", "authenticationMethods", "jwksUri", "tokenTtlSeconds"],
  "application.key_added": ["keyId", "kid", "algorithm", "thumbprint"],
  "application.key_revoked": ["keyId", "kid", "revokedAt"],
  "application.published_keys_changed": ["kids"],
  "token.revoked": ["jti", "credentialId"],
  "token.all_revoked": ["revokedAt"],
  "person.created": ["isActive", "isDelegationAllowed"],
  "person.renamed": [],
  "person.activated": ["isActive"],
  "person.deactivated": ["isActive", "tokensRevokedAt"],
  "person.delegation_allowed": ["isDelegationAllowed"],
  "person.delegation_refused": ["isDelegationAllowed", "tokensRevokedAt"],
  "person.tokens_revoked": ["tokensRevokedAt"],
  "room.created": ["slug", "name", "accessLevel", "externalId", "expiresAt", "attendeeCount"],
  "room.updated": [
    "name",
    "accessLevel",
    "canPublishSources",
    "everyoneCanMute",
    "externalId",
    "expiresAt",
    "attendeeCount",
  ],
  "room.deleted": ["deletedAt"],
  "room.purged": ["slug"],
  "room.access_added": ["personId", "role"],
  "room.access_changed": ["personId", "role"],
  "room.access_removed": ["personId", "role"],
  "room.restored": ["deletedAt"],
  "room.pin_revealed": [],
} as const satisfies Record<string, readonly string[]>;

export type AuditAction = keyof typeof AUDIT_FIELDS;
export const AUDIT_ACTIONS = Object.keys(AUDIT_FIELDS) as AuditAction[];

type GroupOf<Action> = Action extends `${infer Group}.${string}` ? Group : never;
/** What actions begin with: the parts of the product. */
export type AuditGroup = GroupOf<AuditAction>;

/** Every field that some action may keep. */
export type AuditField = (typeof AUDIT_FIELDS)[AuditAction][number];

export const AUDIT_TARGET_KINDS = ["staff_member", "application", "person", "room"] as const;
export type AuditTargetKind = (typeof AUDIT_TARGET_KINDS)[number];

/** Dates are ISO 8601 strings; nothing nested, so that a value cannot smuggle a field. */
export type AuditValue = string | number | boolean | null | readonly string[];
export type AuditChange = { before: AuditValue; after: AuditValue };
export type AuditChanges<Action extends AuditAction> = {
  [Field in (typeof AUDIT_FIELDS)[Action][number]]?: AuditChange;
};

/**
 * What actions are about, by what they begin with. Tokens act for a person; all of them together are about
 * applications.
 */
const TARGET_KINDS: Readonly<Record<AuditGroup, AuditTargetKind>> = {
  staff: "staff_member",
  application: "application",
  token: "person",
  person: "person",
  room: "room",
};

/** The kind of thing that an action is about. */
export function targetKindOf(action: AuditAction): AuditTargetKind {
  if (action === "token.all_revoked") return "application";
  return TARGET_KINDS[action.split(".")[0] as AuditGroup];
}

export type AuditEventInput<Action extends AuditAction> = {
  action: Action;
  /** UUID of the target; null when it is not known, as for a sign-in under an unknown name. */
  targetId: string | null;
  changes?: AuditChanges<Action>;
};
