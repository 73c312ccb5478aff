-- CreateTable
CREATE TABLE "organisation_sign_ins" (
    "state_hash" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_sign_ins_pkey" PRIMARY KEY ("state_hash")
);

-- CreateIndex
CREATE INDEX "organisation_sign_ins_expires_at_idx" ON "organisation_sign_ins"("expires_at");

-- What follows cannot be said in schema.prisma.

-- Whoever could point the pair at another member, or a member at another pair, could sign in as somebody else.
CREATE FUNCTION "refuse_identity_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An identity at a provider stays with its member' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "staff_identities_immutable"
  BEFORE UPDATE ON "staff_identities" FOR EACH ROW
  EXECUTE FUNCTION "refuse_identity_change"();
