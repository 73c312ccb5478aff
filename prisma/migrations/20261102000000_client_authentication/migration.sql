-- CreateEnum
CREATE TYPE "application_key_source" AS ENUM ('registered', 'published');

-- DropIndex
DROP INDEX "application_keys_application_id_kid_key";

-- AlterTable
-- The thumbprint needs no default: nothing has written to this table before.
ALTER TABLE "application_keys" ADD COLUMN     "created_by_id" UUID,
ADD COLUMN     "ended_by_id" UUID,
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_used_ip" VARCHAR(45),
ADD COLUMN     "source" "application_key_source" NOT NULL DEFAULT 'registered',
ADD COLUMN     "thumbprint" VARCHAR(43) NOT NULL;

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "grant_types" TEXT[] DEFAULT ARRAY['client_credentials']::TEXT[],
ADD COLUMN     "jwks_fetched_at" TIMESTAMPTZ(3),
ADD COLUMN     "jwks_uri" VARCHAR(2048),
ADD COLUMN     "token_endpoint_auth_methods" TEXT[] DEFAULT ARRAY['client_secret_basic', 'client_secret_post']::TEXT[];

-- CreateIndex
CREATE INDEX "application_keys_application_id_idx" ON "application_keys"("application_id");

-- AddForeignKey
ALTER TABLE "application_keys" ADD CONSTRAINT "application_keys_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff_members"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

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
CREATE UNIQUE INDEX "application_keys_live_kid_key" ON "application_keys"("application_id", "kid") WHERE "ended_at" IS NULL;

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
    OR (OLD."ended_at" IS NOT NULL AND NEW."ended_at" IS NULL)
  )
  EXECUTE FUNCTION "refuse_credential_change"('public_jwk');
