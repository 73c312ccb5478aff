-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('viewer', 'manager', 'administrator');

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
    "session_version" INTEGER NOT NULL DEFAULT 0,
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
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ip" VARCHAR(45),

    CONSTRAINT "staff_sessions_pkey" PRIMARY KEY ("id")
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
    "ended_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" VARCHAR(45),

    CONSTRAINT "application_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_keys" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "kid" VARCHAR(128) NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

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
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "display_name" VARCHAR(255),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "can_be_acted_for" BOOLEAN NOT NULL DEFAULT true,
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
    "pin_code" VARCHAR(10),
    "external_id" VARCHAR(255),
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
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
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
    "response_body" JSONB,
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

-- CreateIndex
CREATE UNIQUE INDEX "staff_members_email_key" ON "staff_members"("email");

-- CreateIndex
CREATE INDEX "staff_sessions_staff_member_id_idx" ON "staff_sessions"("staff_member_id");

-- CreateIndex
CREATE INDEX "staff_sessions_expires_at_idx" ON "staff_sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "applications_client_id_key" ON "applications"("client_id");

-- CreateIndex
CREATE INDEX "applications_created_at_id_idx" ON "applications"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "application_secrets_application_id_idx" ON "application_secrets"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "application_keys_application_id_kid_key" ON "application_keys"("application_id", "kid");

-- CreateIndex
CREATE UNIQUE INDEX "application_domains_application_id_domain_key" ON "application_domains"("application_id", "domain");

-- CreateIndex
CREATE UNIQUE INDEX "people_email_key" ON "people"("email");

-- CreateIndex
CREATE INDEX "people_created_by_application_id_idx" ON "people"("created_by_application_id");

-- CreateIndex
CREATE UNIQUE INDEX "rooms_slug_key" ON "rooms"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "rooms_pin_code_key" ON "rooms"("pin_code");

-- CreateIndex
CREATE INDEX "rooms_created_by_application_id_external_id_idx" ON "rooms"("created_by_application_id", "external_id");

-- CreateIndex
CREATE INDEX "room_accesses_person_id_idx" ON "room_accesses"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "room_accesses_room_id_person_id_key" ON "room_accesses"("room_id", "person_id");

-- CreateIndex
CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_target_kind_target_id_at_idx" ON "audit_events"("target_kind", "target_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_id_at_idx" ON "audit_events"("actor_id", "at" DESC);

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_keys_application_id_person_id_method_path_key_key" ON "idempotency_keys"("application_id", "person_id", "method", "path", "key");

-- CreateIndex
CREATE INDEX "revoked_tokens_expires_at_idx" ON "revoked_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "assertion_jtis_expires_at_idx" ON "assertion_jtis"("expires_at");

-- AddForeignKey
ALTER TABLE "staff_sessions" ADD CONSTRAINT "staff_sessions_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_domains" ADD CONSTRAINT "application_domains_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_created_by_application_id_fkey" FOREIGN KEY ("created_by_application_id") REFERENCES "applications"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_created_by_application_id_fkey" FOREIGN KEY ("created_by_application_id") REFERENCES "applications"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_accesses" ADD CONSTRAINT "room_accesses_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_accesses" ADD CONSTRAINT "room_accesses_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

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

-- What follows cannot be said in schema.prisma.

-- Addresses and domains are stored in one spelling only, so that their unique indexes are case-insensitive.
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));
ALTER TABLE "people" ADD CONSTRAINT "people_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));
ALTER TABLE "application_domains" ADD CONSTRAINT "application_domains_domain_lower_case" CHECK ("domain" = lower("domain") AND "domain" = btrim("domain") AND "domain" <> '');

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
