-- AlterTable
ALTER TABLE "application_secrets" ADD COLUMN     "compromised_at" TIMESTAMPTZ(3),
ADD COLUMN     "replaced_by_id" UUID;

-- CreateIndex
CREATE INDEX "application_secrets_replaced_by_id_idx" ON "application_secrets"("replaced_by_id");

-- AddForeignKey
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "application_secrets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

-- A compromised secret has ended, at that moment or before it.
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_compromised_has_ended" CHECK (
  "compromised_at" IS NULL OR ("ended_at" IS NOT NULL AND "ended_at" <= "compromised_at")
);
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_not_its_own_successor" CHECK ("replaced_by_id" <> "id");

-- It never comes back, whatever tries.
CREATE TRIGGER "application_secrets_compromised_stays"
  BEFORE UPDATE ON "application_secrets" FOR EACH ROW
  WHEN (
    OLD."compromised_at" IS NOT NULL
    AND (OLD."compromised_at" IS DISTINCT FROM NEW."compromised_at" OR OLD."ended_at" IS DISTINCT FROM NEW."ended_at")
  )
  EXECUTE FUNCTION "refuse_credential_change"('compromised_at');

-- Tokens that were ended by a higher version must not revive with a lower one.
CREATE TRIGGER "applications_credential_version_grows"
  BEFORE UPDATE ON "applications" FOR EACH ROW
  WHEN (NEW."credential_version" < OLD."credential_version")
  EXECUTE FUNCTION "refuse_credential_change"('credential_version');
