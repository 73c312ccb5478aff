-- A deleted application is marked first, for it may have left a million rows: they are purged in slices, and it with them.
ALTER TABLE "applications" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

ALTER TABLE "applications" ADD CONSTRAINT "applications_deleted_is_inactive" CHECK ("deleted_at" IS NULL OR NOT "is_active");

-- It never comes back, whatever tries.
CREATE TRIGGER "applications_stay_deleted"
  BEFORE UPDATE ON "applications" FOR EACH ROW
  WHEN (OLD."deleted_at" IS NOT NULL AND OLD."deleted_at" IS DISTINCT FROM NEW."deleted_at")
  EXECUTE FUNCTION "refuse_credential_change"('deleted_at');

CREATE INDEX "applications_deleted_at_idx" ON "applications"("deleted_at") WHERE "deleted_at" IS NOT NULL;

-- A call that was let in a moment before must leave no room behind: to whoever refers to it, the application is gone. The
-- lock is the one that the foreign key takes anyway; a deletion that is under way is waited for.
CREATE FUNCTION "refuse_deleted_application"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "applications" WHERE "id" = NEW."created_by_application_id" AND "deleted_at" IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the application is gone' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER "rooms_of_no_deleted_application"
  BEFORE INSERT ON "rooms" FOR EACH ROW
  WHEN (NEW."created_by_application_id" IS NOT NULL)
  EXECUTE FUNCTION "refuse_deleted_application"();

CREATE TRIGGER "people_of_no_deleted_application"
  BEFORE INSERT ON "people" FOR EACH ROW
  WHEN (NEW."created_by_application_id" IS NOT NULL)
  EXECUTE FUNCTION "refuse_deleted_application"();
