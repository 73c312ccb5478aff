-- CreateEnum
CREATE TYPE "person_rule_effect" AS ENUM ('allow', 'deny');

-- AlterTable
ALTER TABLE "people" ADD COLUMN     "tokens_revoked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "staff_members" ADD COLUMN     "can_be_acted_for" BOOLEAN NOT NULL DEFAULT false;

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

-- CreateIndex
CREATE INDEX "application_person_rules_application_id_effect_idx" ON "application_person_rules"("application_id", "effect");

-- CreateIndex
CREATE UNIQUE INDEX "application_person_rules_application_id_email_key" ON "application_person_rules"("application_id", "email");

-- CreateIndex
CREATE INDEX "people_created_at_id_idx" ON "people"("created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

-- One spelling for a person, here as among the people: a rule in capital letters would match nobody.
ALTER TABLE "application_person_rules" ADD CONSTRAINT "application_person_rules_email_lower_case" CHECK (
  "email" = lower("email") AND "email" = btrim("email") AND "email" LIKE '%_@_%'
);

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
