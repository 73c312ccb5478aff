-- CreateEnum
CREATE TYPE "staff_link_kind" AS ENUM ('invitation', 'password_reset');

-- AlterTable
-- Whoever is there already has joined: the default says so for every row.
ALTER TABLE "staff_members" ADD COLUMN     "joined_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "must_change_password" BOOLEAN NOT NULL DEFAULT false;

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
    "ended_at" TIMESTAMPTZ(3),

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

-- CreateIndex
CREATE UNIQUE INDEX "staff_links_token_hash_key" ON "staff_links"("token_hash");

-- CreateIndex
CREATE INDEX "staff_links_staff_member_id_idx" ON "staff_links"("staff_member_id");

-- CreateIndex
CREATE INDEX "staff_identities_staff_member_id_idx" ON "staff_identities"("staff_member_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_identities_issuer_subject_key" ON "staff_identities"("issuer", "subject");

-- AddForeignKey
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_links" ADD CONSTRAINT "staff_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_identities" ADD CONSTRAINT "staff_identities_staff_member_id_fkey" FOREIGN KEY ("staff_member_id") REFERENCES "staff_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

UPDATE "staff_members" SET "joined_at" = "created_at";

-- Somebody who was invited and has not come yet cannot sign in, whatever tries to let them.
ALTER TABLE "staff_members" ADD CONSTRAINT "staff_members_joined_to_be_active" CHECK (
  "joined_at" IS NOT NULL OR NOT "is_active"
);

-- A new link takes the place of the one before.
CREATE UNIQUE INDEX "staff_links_live_key" ON "staff_links"("staff_member_id") WHERE "used_at" IS NULL AND "ended_at" IS NULL;

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
    OR (OLD."ended_at" IS NOT NULL AND NEW."ended_at" IS DISTINCT FROM OLD."ended_at")
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
