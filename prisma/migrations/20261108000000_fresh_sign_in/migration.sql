-- CreateEnum
CREATE TYPE "staff_sign_in_method" AS ENUM ('password', 'identity_provider');

-- AlterTable
ALTER TABLE "staff_sessions" ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "sign_in_method" "staff_sign_in_method" NOT NULL DEFAULT 'password';

-- Sessions that are there already began with a password.
UPDATE "staff_sessions" SET "authenticated_at" = "created_at";
