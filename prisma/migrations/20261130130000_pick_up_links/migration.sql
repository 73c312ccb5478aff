-- Links with which an integrator makes a secret and sees it, without an account here. It is they who then act.
ALTER TYPE "actor_kind" ADD VALUE 'pick_up_link';

-- CreateTable
CREATE TABLE "pick_up_links" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "label" VARCHAR(100),
    "secret_expires_at" TIMESTAMPTZ(3),
    "replaced_secret_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "revoked_after_seconds" INTEGER,
    "replaced_revoked_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "picked_up_at" TIMESTAMPTZ(3),
    "picked_up_ip" VARCHAR(45),
    "secret_id" UUID,
    "reopened_count" INTEGER NOT NULL DEFAULT 0,
    "reopened_at" TIMESTAMPTZ(3),
    "reopened_ip" VARCHAR(45),

    CONSTRAINT "pick_up_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pick_up_links_token_hash_key" ON "pick_up_links"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "pick_up_links_secret_id_key" ON "pick_up_links"("secret_id");

-- CreateIndex
CREATE INDEX "pick_up_links_application_id_created_at_id_idx" ON "pick_up_links"("application_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "pick_up_links_expires_at_idx" ON "pick_up_links"("expires_at");

-- AddForeignKey
ALTER TABLE "pick_up_links" ADD CONSTRAINT "pick_up_links_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pick_up_links" ADD CONSTRAINT "pick_up_links_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pick_up_links" ADD CONSTRAINT "pick_up_links_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "application_secrets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "pick_up_links" ALTER COLUMN "replaced_secret_ids" SET NOT NULL;
-- One or the other is the end of a link, and one or the other says when what it replaces is revoked.
ALTER TABLE "pick_up_links" ADD CONSTRAINT "pick_up_links_one_end" CHECK ("picked_up_at" IS NULL OR "revoked_at" IS NULL);
ALTER TABLE "pick_up_links" ADD CONSTRAINT "pick_up_links_one_revocation" CHECK (
  num_nonnulls("revoked_after_seconds", "replaced_revoked_at") = CASE WHEN "replaced_secret_ids" = '{}' THEN 0 ELSE 1 END
);

-- A link leads to one secret of one application, and once it was used or revoked it stays so.
CREATE TRIGGER "pick_up_links_immutable"
  BEFORE UPDATE ON "pick_up_links" FOR EACH ROW
  WHEN (
    OLD."token_hash" IS DISTINCT FROM NEW."token_hash" OR OLD."application_id" IS DISTINCT FROM NEW."application_id"
    OR OLD."label" IS DISTINCT FROM NEW."label" OR OLD."secret_expires_at" IS DISTINCT FROM NEW."secret_expires_at"
    OR OLD."replaced_secret_ids" IS DISTINCT FROM NEW."replaced_secret_ids"
    OR OLD."revoked_after_seconds" IS DISTINCT FROM NEW."revoked_after_seconds"
    OR OLD."replaced_revoked_at" IS DISTINCT FROM NEW."replaced_revoked_at"
    OR OLD."expires_at" < NEW."expires_at" OR NEW."reopened_count" < OLD."reopened_count"
    OR (OLD."picked_up_at" IS NOT NULL AND NEW."picked_up_at" IS DISTINCT FROM OLD."picked_up_at")
    OR (OLD."revoked_at" IS NOT NULL AND NEW."revoked_at" IS DISTINCT FROM OLD."revoked_at")
  )
  EXECUTE FUNCTION "refuse_link_change"();
