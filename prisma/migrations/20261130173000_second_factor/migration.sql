-- What members of staff show after their password: passkeys, an authenticator app, recovery codes.
-- CreateEnum
CREATE TYPE "passkey_purpose" AS ENUM ('registration', 'sign_in', 'confirmation');

-- AlterTable
ALTER TABLE "staff_members" ADD COLUMN     "has_second_factor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "second_factors_reset_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "staff_passkeys" (
    "id" UUID NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "credential_id" VARCHAR(1364) NOT NULL,
    "public_key" TEXT NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "name" VARCHAR(100) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_passkeys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_authenticator_apps" (
    "staff_member_id" UUID NOT NULL,
    "sealed_key" VARCHAR(200),
    "added_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_step" BIGINT,
    "pending_key" VARCHAR(200),
    "pending_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_authenticator_apps_pkey" PRIMARY KEY ("staff_member_id")
);

-- CreateTable
CREATE TABLE "staff_recovery_codes" (
    "id" UUID NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "code_hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pending_sign_ins" (
    "token_hash" CHAR(64) NOT NULL,
    "staff_member_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "device_id" VARCHAR(64),

    CONSTRAINT "pending_sign_ins_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "passkey_challenges" (
    "challenge_hash" CHAR(64) NOT NULL,
    "purpose" "passkey_purpose" NOT NULL,
    "staff_session_id" UUID,
    "pending_sign_in_hash" CHAR(64),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_challenges_pkey" PRIMARY KEY ("challenge_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_passkeys_credential_id_key" ON "staff_passkeys"("credential_id");

-- CreateIndex
CREATE INDEX "staff_passkeys_staff_member_id_idx" ON "staff_passkeys"("staff_member_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_recovery_codes_staff_member_id_code_hash_key" ON "staff_recovery_codes"("staff_member_id", "code_hash");

-- CreateIndex
CREATE INDEX "pending_sign_ins_staff_member_id_idx" ON "pending_sign_ins"("staff_member_id");

-- CreateIndex
CREATE INDEX "pending_sign_ins_expires_at_idx" ON "pending_sign_ins"("expires_at");

-- CreateIndex
CREATE INDEX "passkey_challenges_staff_session_id_idx" ON "passkey_challenges"("staff_session_id");

-- CreateIndex
CREATE INDEX "passkey_challenges_pending_sign_in_hash_idx" ON "passkey_challenges"("pending_sign_in_hash");

-- CreateIndex
CREATE INDEX "passkey_challenges_expires_at_idx" ON "passkey_challenges"("expires_at");

-- AddForeignKey
ALTER TABLE "staff_passkeys" ADD CONSTRAINT "staff_passkeys_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_authenticator_apps" ADD CONSTRAINT "staff_authenticator_apps_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_recovery_codes" ADD CONSTRAINT "staff_recovery_codes_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pending_sign_ins" ADD CONSTRAINT "pending_sign_ins_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_staff_session_id_fkey" FOREIGN KEY ("staff_session_id") REFERENCES "staff_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_pending_sign_in_hash_fkey" FOREIGN KEY ("pending_sign_in_hash") REFERENCES "pending_sign_ins"("token_hash") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "staff_passkeys" ALTER COLUMN "transports" SET NOT NULL;
ALTER TABLE "staff_passkeys" ADD CONSTRAINT "staff_passkeys_counter_positive" CHECK ("counter" >= 0);
-- An app has a key from the first right code on, and one that is about to take its place has an end.
ALTER TABLE "staff_authenticator_apps" ADD CONSTRAINT "staff_authenticator_apps_added" CHECK (
  ("sealed_key" IS NULL) = ("added_at" IS NULL)
);
ALTER TABLE "staff_authenticator_apps" ADD CONSTRAINT "staff_authenticator_apps_pending" CHECK (
  ("pending_key" IS NULL) = ("pending_expires_at" IS NULL)
);
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_bound" CHECK (
  num_nonnulls("staff_session_id", "pending_sign_in_hash") = 1
  AND ("pending_sign_in_hash" IS NOT NULL) = ("purpose" = 'sign_in')
);

-- What answers for somebody stays theirs, and what was used stays used.
CREATE FUNCTION "refuse_second_factor_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A second factor cannot be changed into another' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "staff_passkeys_immutable"
  BEFORE UPDATE ON "staff_passkeys" FOR EACH ROW
  WHEN (
    OLD."credential_id" IS DISTINCT FROM NEW."credential_id" OR OLD."public_key" IS DISTINCT FROM NEW."public_key"
    OR OLD."staff_member_id" IS DISTINCT FROM NEW."staff_member_id" OR OLD."counter" > NEW."counter"
  )
  EXECUTE FUNCTION "refuse_second_factor_change"();
CREATE TRIGGER "staff_recovery_codes_immutable"
  BEFORE UPDATE ON "staff_recovery_codes" FOR EACH ROW
  WHEN (
    OLD."code_hash" IS DISTINCT FROM NEW."code_hash" OR OLD."staff_member_id" IS DISTINCT FROM NEW."staff_member_id"
    OR (OLD."used_at" IS NOT NULL AND NEW."used_at" IS DISTINCT FROM OLD."used_at")
  )
  EXECUTE FUNCTION "refuse_second_factor_change"();

-- Whether a member has a second factor is read with every request, so it stands in their row.
CREATE FUNCTION "keep_has_second_factor"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "member" uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD."staff_member_id" ELSE NEW."staff_member_id" END;
  "has" boolean := EXISTS (SELECT FROM "staff_passkeys" WHERE "staff_member_id" = "member")
    OR EXISTS (SELECT FROM "staff_authenticator_apps" WHERE "staff_member_id" = "member" AND "sealed_key" IS NOT NULL);
BEGIN
  UPDATE "staff_members"
    SET "has_second_factor" = "has",
        "second_factors_reset_at" = CASE WHEN "has" THEN NULL ELSE "second_factors_reset_at" END
    WHERE "id" = "member" AND "has_second_factor" <> "has";
  RETURN NULL;
END
$$;
CREATE TRIGGER "staff_passkeys_counted" AFTER INSERT OR DELETE ON "staff_passkeys"
  FOR EACH ROW EXECUTE FUNCTION "keep_has_second_factor"();
CREATE TRIGGER "staff_authenticator_apps_counted" AFTER INSERT OR DELETE OR UPDATE OF "sealed_key" ON "staff_authenticator_apps"
  FOR EACH ROW EXECUTE FUNCTION "keep_has_second_factor"();
