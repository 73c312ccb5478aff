-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('viewer', 'manager', 'administrator');

-- CreateEnum
CREATE TYPE "staff_sign_in_method" AS ENUM ('password', 'identity_provider');

-- CreateEnum
CREATE TYPE "staff_link_kind" AS ENUM ('invitation', 'password_reset');

-- CreateEnum
CREATE TYPE "application_key_source" AS ENUM ('registered', 'published');

-- CreateEnum
CREATE TYPE "person_rule_effect" AS ENUM ('allow', 'deny');

-- CreateEnum
CREATE TYPE "room_access_level" AS ENUM ('public', 'trusted', 'restricted');

-- CreateEnum
CREATE TYPE "room_role" AS ENUM ('owner', 'administrator', 'member');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('staff', 'application', 'system');

-- CreateTable
CREATE TABLE "staff_members" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "role" "staff_role" NOT NULL DEFAULT 'viewer',
    "password_hash" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_impersonation_allowed" BOOLEAN NOT NULL DEFAULT false,
    "session_version" INTEGER NOT NULL DEFAULT 0,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "joined_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "last_signed_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_sessions" (
    "id" UUID NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sign_in_method" "staff_sign_in_method" NOT NULL DEFAULT 'password',
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ip" VARCHAR(45),

    CONSTRAINT "staff_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_links" (
    "id" UUID NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "kind" "staff_link_kind" NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_identities" (
    "id" UUID NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "issuer" VARCHAR(512) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_sign_ins" (
    "state_hash" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_sign_ins_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" UUID NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner_contact" VARCHAR(255) NOT NULL DEFAULT '',
    "client_id" VARCHAR(64) NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "credential_version" INTEGER NOT NULL DEFAULT 0,
    "token_ttl_seconds" INTEGER,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "grant_types" TEXT[] DEFAULT ARRAY['client_credentials']::TEXT[],
    "token_endpoint_auth_methods" TEXT[] DEFAULT ARRAY['client_secret_basic', 'client_secret_post']::TEXT[],
    "jwks_uri" VARCHAR(2048),
    "jwks_fetched_at" TIMESTAMPTZ(3),

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_secrets" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "hint" VARCHAR(4) NOT NULL,
    "label" VARCHAR(100),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "compromised_at" TIMESTAMPTZ(3),
    "replaced_by_id" UUID,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" VARCHAR(45),

    CONSTRAINT "application_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_keys" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "source" "application_key_source" NOT NULL DEFAULT 'registered',
    "kid" VARCHAR(128) NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "thumbprint" VARCHAR(43) NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by_id" UUID,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" VARCHAR(45),

    CONSTRAINT "application_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_domains" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "domain" VARCHAR(253) NOT NULL,

    CONSTRAINT "application_domains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_person_rules" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "effect" "person_rule_effect" NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "application_person_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "display_name" VARCHAR(255),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_delegation_allowed" BOOLEAN NOT NULL DEFAULT true,
    "tokens_revoked_at" TIMESTAMPTZ(3),
    "created_by_application_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rooms" (
    "id" UUID NOT NULL,
    "slug" VARCHAR(100) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "access_level" "room_access_level" NOT NULL,
    "configuration" JSONB NOT NULL DEFAULT '{}',
    "pin_code" VARCHAR(20),
    "external_id" VARCHAR(255),
    "external_owner_id" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "created_by_application_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rooms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_accesses" (
    "id" UUID NOT NULL,
    "room_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "room_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "room_accesses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "room_attendees" (
    "room_id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,

    CONSTRAINT "room_attendees_pkey" PRIMARY KEY ("room_id","email")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "on_behalf_of_id" UUID,
    "action" VARCHAR(64) NOT NULL,
    "target_kind" VARCHAR(32) NOT NULL,
    "target_id" UUID,
    "ip" VARCHAR(45),
    "request_id" VARCHAR(64),
    "changes" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "method" VARCHAR(8) NOT NULL,
    "path" VARCHAR(255) NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "request_digest" VARCHAR(64) NOT NULL,
    "response_status" INTEGER,
    "response_body" TEXT,
    "response_fields" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revoked_tokens" (
    "jti" VARCHAR(64) NOT NULL,
    "application_id" UUID NOT NULL,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revoked_tokens_pkey" PRIMARY KEY ("jti")
);

-- CreateTable
CREATE TABLE "token_cutoff" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "tokens_revoked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_cutoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assertion_jtis" (
    "application_id" UUID NOT NULL,
    "jti" VARCHAR(255) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assertion_jtis_pkey" PRIMARY KEY ("application_id","jti")
);

-- CreateTable
CREATE TABLE "usage_daily" (
    "day" DATE NOT NULL,
    "application_id" UUID NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "outcome" VARCHAR(64) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "usage_daily_pkey" PRIMARY KEY ("day","application_id","kind","outcome")
);

-- CreateTable
CREATE TABLE "usage_hourly" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "application_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "outcome" VARCHAR(64) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_hourly_pkey" PRIMARY KEY ("hour","application_id","credential_id","person_id","kind","outcome")
);

-- CreateTable
CREATE TABLE "refused_calls" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "application_id" UUID NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "reason" VARCHAR(64) NOT NULL,
    "is_proven" BOOLEAN NOT NULL,
    "person_id" UUID,
    "ip" VARCHAR(45) NOT NULL,
    "request_id" VARCHAR(64) NOT NULL,

    CONSTRAINT "refused_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_members_email_key" ON "staff_members"("email");

-- CreateIndex
CREATE INDEX "staff_sessions_staff_member_id_idx" ON "staff_sessions"("staff_member_id");

-- CreateIndex
CREATE INDEX "staff_sessions_expires_at_idx" ON "staff_sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "staff_links_token_hash_key" ON "staff_links"("token_hash");

-- CreateIndex
CREATE INDEX "staff_links_staff_member_id_idx" ON "staff_links"("staff_member_id");

-- CreateIndex
CREATE INDEX "staff_identities_staff_member_id_idx" ON "staff_identities"("staff_member_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_identities_issuer_subject_key" ON "staff_identities"("issuer", "subject");

-- CreateIndex
CREATE INDEX "organisation_sign_ins_expires_at_idx" ON "organisation_sign_ins"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "applications_client_id_key" ON "applications"("client_id");

-- CreateIndex
CREATE INDEX "applications_created_at_id_idx" ON "applications"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "application_secrets_application_id_idx" ON "application_secrets"("application_id");

-- CreateIndex
CREATE INDEX "application_secrets_replaced_by_id_idx" ON "application_secrets"("replaced_by_id");

-- CreateIndex
CREATE INDEX "application_keys_application_id_idx" ON "application_keys"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "application_domains_application_id_domain_key" ON "application_domains"("application_id", "domain");

-- CreateIndex
CREATE INDEX "application_person_rules_application_id_effect_idx" ON "application_person_rules"("application_id", "effect");

-- CreateIndex
CREATE UNIQUE INDEX "application_person_rules_application_id_email_key" ON "application_person_rules"("application_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "people_email_key" ON "people"("email");

-- CreateIndex
CREATE INDEX "people_created_by_application_id_idx" ON "people"("created_by_application_id");

-- CreateIndex
CREATE INDEX "people_created_at_id_idx" ON "people"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "rooms_slug_key" ON "rooms"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "rooms_pin_code_key" ON "rooms"("pin_code");

-- CreateIndex
CREATE INDEX "rooms_created_by_application_id_external_id_idx" ON "rooms"("created_by_application_id", "external_id");

-- CreateIndex
CREATE INDEX "rooms_external_owner_id_idx" ON "rooms"("external_owner_id");

-- CreateIndex
CREATE INDEX "rooms_deleted_at_idx" ON "rooms"("deleted_at");

-- CreateIndex
CREATE INDEX "rooms_created_at_id_idx" ON "rooms"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rooms_name_id_idx" ON "rooms"("name", "id");

-- CreateIndex
CREATE INDEX "room_accesses_person_id_idx" ON "room_accesses"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "room_accesses_room_id_person_id_key" ON "room_accesses"("room_id", "person_id");

-- CreateIndex
CREATE INDEX "room_attendees_email_idx" ON "room_attendees"("email");

-- CreateIndex
CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_target_kind_target_id_at_id_idx" ON "audit_events"("target_kind", "target_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_id_at_id_idx" ON "audit_events"("actor_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_kind_at_id_idx" ON "audit_events"("actor_kind", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_action_at_id_idx" ON "audit_events"("action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_ip_at_id_idx" ON "audit_events"("ip", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_request_id_idx" ON "audit_events"("request_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_keys_application_id_person_id_method_path_key_key" ON "idempotency_keys"("application_id", "person_id", "method", "path", "key");

-- CreateIndex
CREATE INDEX "revoked_tokens_expires_at_idx" ON "revoked_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "assertion_jtis_expires_at_idx" ON "assertion_jtis"("expires_at");

-- CreateIndex
CREATE INDEX "usage_daily_application_id_day_idx" ON "usage_daily"("application_id", "day");

-- CreateIndex
CREATE INDEX "usage_hourly_application_id_hour_idx" ON "usage_hourly"("application_id", "hour");

-- CreateIndex
CREATE INDEX "usage_hourly_person_id_hour_idx" ON "usage_hourly"("person_id", "hour");

-- CreateIndex
CREATE INDEX "refused_calls_application_id_at_idx" ON "refused_calls"("application_id", "at" DESC);

-- CreateIndex
CREATE INDEX "refused_calls_at_idx" ON "refused_calls"("at" DESC);

-- CreateIndex
CREATE INDEX "refused_calls_request_id_idx" ON "refused_calls"("request_id");

-- AddForeignKey
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_identities" ADD CONSTRAINT "staff_identities_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "application_secrets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_domains" ADD CONSTRAINT "application_domains_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_created_by_application_id_fkey" FOREIGN KEY ("created_by_application_id") REFERENCES "applications"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_created_by_application_id_fkey" FOREIGN KEY ("created_by_application_id") REFERENCES "applications"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_external_owner_id_fkey" FOREIGN KEY ("external_owner_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_accesses" ADD CONSTRAINT "room_accesses_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_accesses" ADD CONSTRAINT "room_accesses_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_attendees" ADD CONSTRAINT "room_attendees_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revoked_tokens" ADD CONSTRAINT "revoked_tokens_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assertion_jtis" ADD CONSTRAINT "assertion_jtis_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_daily" ADD CONSTRAINT "usage_daily_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refused_calls" ADD CONSTRAINT "refused_calls_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

-- Spelling. Addresses and domains are stored in one spelling only, so that their unique indexes are case-insensitive.
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));
ALTER TABLE "people" ADD CONSTRAINT "people_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));
ALTER TABLE "room_attendees" ADD CONSTRAINT "room_attendees_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));
ALTER TABLE "application_domains" ADD CONSTRAINT "application_domains_domain_lower_case" CHECK ("domain" = lower("domain") AND "domain" = btrim("domain") AND "domain" <> '');
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_email_lower_case" CHECK (
  "email" = lower("email") AND "email" = btrim("email") AND "email" LIKE '%_@_%'
);

-- An unknown scope cannot be stored, whatever wrote it.
ALTER TABLE "applications" ADD CONSTRAINT "applications_scopes_known" CHECK ("scopes" <@ ARRAY['rooms:create', 'rooms:list', 'rooms:retrieve', 'rooms:update', 'rooms:delete']::text[]);
ALTER TABLE "applications" ADD CONSTRAINT "applications_token_ttl_range" CHECK ("token_ttl_seconds" BETWEEN 60 AND 3600);

-- Only an Argon2id hash is ever stored as a secret or a password.
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_hash_argon2id" CHECK ("hash" LIKE '$argon2id$v=19$%');
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_password_hash_argon2id" CHECK ("password_hash" LIKE '$argon2id$v=19$%');

-- Editing an application never changes or regenerates its credentials.
CREATE FUNCTION "refuse_credential_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'credentials are immutable: % may not be changed on %', TG_ARGV[0], TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "applications_client_id_immutable"
  BEFORE UPDATE ON "applications" FOR EACH ROW
  WHEN (OLD."client_id" IS DISTINCT FROM NEW."client_id" OR OLD."id" IS DISTINCT FROM NEW."id")
  EXECUTE FUNCTION "refuse_credential_change"('client_id');

CREATE TRIGGER "application_secrets_hash_immutable"
  BEFORE UPDATE ON "application_secrets" FOR EACH ROW
  WHEN (
    OLD."hash" IS DISTINCT FROM NEW."hash" OR OLD."hint" IS DISTINCT FROM NEW."hint"
    OR OLD."application_id" IS DISTINCT FROM NEW."application_id" OR OLD."id" IS DISTINCT FROM NEW."id"
  )
  EXECUTE FUNCTION "refuse_credential_change"('hash');

-- An unknown grant or method cannot be stored, whatever wrote it, and an application without any could not be used.
ALTER TABLE "applications" ADD CONSTRAINT "applications_grant_types_known" CHECK (
  "grant_types" IS NOT NULL AND cardinality("grant_types") > 0
  AND "grant_types" <@ ARRAY['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer']::text[]
);
ALTER TABLE "applications" ADD CONSTRAINT "applications_auth_methods_known" CHECK (
  "token_endpoint_auth_methods" IS NOT NULL AND cardinality("token_endpoint_auth_methods") > 0
  AND "token_endpoint_auth_methods" <@ ARRAY['client_secret_basic', 'client_secret_post', 'private_key_jwt']::text[]
);
ALTER TABLE "applications" ADD CONSTRAINT "applications_jwks_uri_https" CHECK ("jwks_uri" LIKE 'https://%');

-- A kid means one key at a time; once that key has ended, another may take the name.
CREATE UNIQUE INDEX "application_keys_live_kid_key" ON "application_keys"("application_id", "kid") WHERE "revoked_at" IS NULL;

-- Private and symmetric keys cannot be stored, whatever tries.
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_public_only" CHECK (
  jsonb_typeof("public_jwk") = 'object'
  AND NOT ("public_jwk" ?| ARRAY['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
);

-- A key that a token leans on stays the key it was, and one that has ended stays ended.
CREATE TRIGGER "application_keys_immutable"
  BEFORE UPDATE ON "application_keys" FOR EACH ROW
  WHEN (
    OLD."public_jwk" IS DISTINCT FROM NEW."public_jwk" OR OLD."kid" IS DISTINCT FROM NEW."kid"
    OR OLD."thumbprint" IS DISTINCT FROM NEW."thumbprint" OR OLD."source" IS DISTINCT FROM NEW."source"
    OR OLD."application_id" IS DISTINCT FROM NEW."application_id" OR OLD."id" IS DISTINCT FROM NEW."id"
    OR (OLD."revoked_at" IS NOT NULL AND NEW."revoked_at" IS NULL)
  )
  EXECUTE FUNCTION "refuse_credential_change"('public_jwk');

-- A compromised secret has ended, at that moment or before it.
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_compromised_has_ended" CHECK (
  "compromised_at" IS NULL OR ("revoked_at" IS NOT NULL AND "revoked_at" <= "compromised_at")
);
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_not_its_own_successor" CHECK ("replaced_by_id" <> "id");

-- It never comes back, whatever tries.
CREATE TRIGGER "application_secrets_compromised_stays"
  BEFORE UPDATE ON "application_secrets" FOR EACH ROW
  WHEN (
    OLD."compromised_at" IS NOT NULL
    AND (OLD."compromised_at" IS DISTINCT FROM NEW."compromised_at" OR OLD."revoked_at" IS DISTINCT FROM NEW."revoked_at")
  )
  EXECUTE FUNCTION "refuse_credential_change"('compromised_at');

-- Tokens that were ended by a higher version must not revive with a lower one.
CREATE TRIGGER "applications_credential_version_grows"
  BEFORE UPDATE ON "applications" FOR EACH ROW
  WHEN (NEW."credential_version" < OLD."credential_version")
  EXECUTE FUNCTION "refuse_credential_change"('credential_version');

-- The orders of the list of applications. The expressions are those of lib/applications/listing/application-query.ts.
CREATE INDEX "applications_name_order_idx" ON "applications" (lower("name"), "id");
CREATE INDEX "applications_last_used_order_idx" ON "applications" (COALESCE("last_used_at", '-infinity'::timestamptz), "id");

-- Secrets that end by themselves or were told to: few of all.
CREATE INDEX "application_secrets_end_idx" ON "application_secrets" (LEAST("expires_at", "revoked_at"))
  WHERE "expires_at" IS NOT NULL OR "revoked_at" IS NOT NULL;

-- Finding part of a name among a hundred thousand. The extension comes with PostgreSQL and needs no superuser; where it is
-- missing or forbidden all the same, the search works as before, by reading every row.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "applications_search_idx" ON "applications"
    USING gin ("name" gin_trgm_ops, "client_id" gin_trgm_ops, "owner_contact" gin_trgm_ops) WITH (fastupdate = off);
  CREATE INDEX "application_domains_search_idx" ON "application_domains"
    USING gin ("domain" gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION
  WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: searching a long list of applications is slower (%)', SQLERRM;
END;
$$;

-- How many people a domain reaches is counted by this expression.
CREATE INDEX "people_domain_idx" ON "people"((split_part("email", '@', 2)));

-- What was taken from a token is never given back to it: the moment only moves forward.
CREATE FUNCTION "keep_tokens_revoked"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."tokens_revoked_at" := GREATEST(OLD."tokens_revoked_at", NEW."tokens_revoked_at");
  RETURN NEW;
END;
$$;

CREATE TRIGGER "people_tokens_stay_revoked"
  BEFORE UPDATE ON "people" FOR EACH ROW
  WHEN (OLD."tokens_revoked_at" IS NOT NULL AND OLD."tokens_revoked_at" IS DISTINCT FROM NEW."tokens_revoked_at")
  EXECUTE FUNCTION "keep_tokens_revoked"();

ALTER TABLE "token_cutoff" ADD CONSTRAINT "token_cutoff_one_row" CHECK ("id" = 1);

-- What was ended stays ended, whatever writes: the moment only moves forward.
CREATE FUNCTION "refuse_earlier_cutoff"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tokens that were ended stay ended' USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "token_cutoff_only_forward"
  BEFORE UPDATE ON "token_cutoff" FOR EACH ROW
  WHEN (NEW."tokens_revoked_at" < OLD."tokens_revoked_at" OR NEW."id" <> OLD."id")
  EXECUTE FUNCTION "refuse_earlier_cutoff"();

CREATE TRIGGER "token_cutoff_no_delete"
  BEFORE DELETE ON "token_cutoff" FOR EACH ROW
  EXECUTE FUNCTION "refuse_earlier_cutoff"();

CREATE TRIGGER "token_cutoff_no_truncate"
  BEFORE TRUNCATE ON "token_cutoff" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_earlier_cutoff"();

-- One room for each name that an application gives it on behalf of one person; deleting the room frees the name.
CREATE UNIQUE INDEX "rooms_external_id_key" ON "rooms"("created_by_application_id", "external_owner_id", "external_id")
  WHERE "deleted_at" IS NULL AND "external_id" IS NOT NULL;

ALTER TABLE "rooms" ADD CONSTRAINT "rooms_external_id_not_empty" CHECK ("external_id" <> '');

-- Who has no role in a room any more must not be led to it by its external id, whatever took the role away.
CREATE FUNCTION "release_external_id"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "rooms" SET "external_owner_id" = NULL WHERE "id" = OLD."room_id" AND "external_owner_id" = OLD."person_id";
  RETURN NULL;
END;
$$;

CREATE TRIGGER "room_accesses_release_external_id"
  AFTER DELETE ON "room_accesses" FOR EACH ROW
  EXECUTE FUNCTION "release_external_id"();

-- A count only grows, and hours are UTC hours: what two instances write adds up in one row.
ALTER TABLE "usage_daily" ADD CONSTRAINT "usage_daily_count_positive" CHECK ("count" >= 0);
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_count_positive" CHECK ("count" > 0);
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_whole_hour" CHECK ("hour" = date_trunc('hour', "hour", 'UTC'));

-- Somebody who was invited and has not come yet cannot sign in, whatever tries to let them.
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_joined_to_be_active" CHECK (
  "joined_at" IS NOT NULL OR NOT "is_active"
);

-- A new link takes the place of the one before.
CREATE UNIQUE INDEX "staff_links_live_key" ON "staff_links"("staff_member_id") WHERE "used_at" IS NULL AND "revoked_at" IS NULL;

-- A link leads to one member for one purpose, and once it was used or ended it stays so.
CREATE FUNCTION "refuse_link_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A one-time link cannot be changed back' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "staff_links_immutable"
  BEFORE UPDATE ON "staff_links" FOR EACH ROW
  WHEN (
    OLD."token_hash" IS DISTINCT FROM NEW."token_hash" OR OLD."staff_member_id" IS DISTINCT FROM NEW."staff_member_id"
    OR OLD."kind" IS DISTINCT FROM NEW."kind" OR OLD."expires_at" < NEW."expires_at"
    OR (OLD."used_at" IS NOT NULL AND NEW."used_at" IS DISTINCT FROM OLD."used_at")
    OR (OLD."revoked_at" IS NOT NULL AND NEW."revoked_at" IS DISTINCT FROM OLD."revoked_at")
  )
  EXECUTE FUNCTION "refuse_link_change"();

-- Without an active administrator nobody could let anybody in any more. Those who would take the last two away at the same
-- time come one after the other here, whatever way they came.
CREATE FUNCTION "keep_an_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('vestibule.administrators'));
  IF NOT EXISTS (
    SELECT 1 FROM "staff_members" WHERE "role" = 'administrator' AND "is_active" AND "id" <> OLD."id"
  ) THEN
    RAISE EXCEPTION 'The last active administrator cannot be taken away' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "staff_members_keep_an_administrator"
  BEFORE UPDATE ON "staff_members" FOR EACH ROW
  WHEN (
    OLD."role" = 'administrator' AND OLD."is_active" AND NOT (NEW."role" = 'administrator' AND NEW."is_active")
  )
  EXECUTE FUNCTION "keep_an_administrator"();

-- Whoever could point the pair at another member, or a member at another pair, could sign in as somebody else.
CREATE FUNCTION "refuse_identity_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An identity at a provider stays with its member' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "staff_identities_immutable"
  BEFORE UPDATE ON "staff_identities" FOR EACH ROW
  EXECUTE FUNCTION "refuse_identity_change"();

-- The audit log is append-only.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "audit_events_no_change"
  BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW
  EXECUTE FUNCTION "refuse_audit_change"();

CREATE TRIGGER "audit_events_no_truncate"
  BEFORE TRUNCATE ON "audit_events" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_audit_change"();

-- Tokens are on behalf of people; what staff do is not, and takes no place here.
CREATE INDEX "audit_events_on_behalf_of_id_at_id_idx" ON "audit_events"("on_behalf_of_id", "at" DESC, "id" DESC)
  WHERE "on_behalf_of_id" IS NOT NULL;
