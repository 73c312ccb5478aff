-- CreateTable
CREATE TABLE "token_cutoff" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "tokens_ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_cutoff_pkey" PRIMARY KEY ("id")
);

-- What follows cannot be said in schema.prisma.

ALTER TABLE "token_cutoff" ADD CONSTRAINT "token_cutoff_one_row" CHECK ("id" = 1);

-- What was ended stays ended, whatever writes: the moment only moves forward.
CREATE FUNCTION "refuse_earlier_cutoff"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tokens that were ended stay ended' USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "token_cutoff_only_forward"
  BEFORE UPDATE ON "token_cutoff" FOR EACH ROW
  WHEN (NEW."tokens_ended_at" < OLD."tokens_ended_at" OR NEW."id" <> OLD."id")
  EXECUTE FUNCTION "refuse_earlier_cutoff"();

CREATE TRIGGER "token_cutoff_no_delete"
  BEFORE DELETE ON "token_cutoff" FOR EACH ROW
  EXECUTE FUNCTION "refuse_earlier_cutoff"();

CREATE TRIGGER "token_cutoff_no_truncate"
  BEFORE TRUNCATE ON "token_cutoff" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_earlier_cutoff"();
