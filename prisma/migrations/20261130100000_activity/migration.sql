-- What applications do: a row for each token request and each call of the external API, issued, served or refused. Partitioned
-- by time, so that old rows go with their table. lib/activity/partitions makes the partitions: hours while they are written,
-- days afterwards. No foreign keys: what was done stays when the application, the person or the room is gone.
CREATE TABLE "activity" (
    -- When the answer was decided.
    "at" TIMESTAMPTZ(3) NOT NULL,
    -- A request has one row, so this and "at" are its place in a list.
    "request_id" VARCHAR(64) NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "method" VARCHAR(8) NOT NULL,
    -- As in /api/external/rooms/{room_id}, never what was sent.
    "path" VARCHAR(96) NOT NULL,
    "status" SMALLINT NOT NULL,
    -- The reason code of a refusal; NULL when it was answered.
    "reason" VARCHAR(64),
    "application_id" UUID,
    -- Only where no application has it: what the caller called itself.
    "client_id" VARCHAR(64),
    -- Whether the caller had a secret, a key or a token of ours. If not, anybody may have sent it in the application's name.
    "is_proven" BOOLEAN NOT NULL,
    "credential_id" UUID,
    "person_id" UUID,
    "room_id" UUID,
    "scopes" TEXT[],
    "jti" VARCHAR(64),
    "ip" VARCHAR(45) NOT NULL,
    "duration_us" INTEGER NOT NULL,
    -- How many requests the row stands for: more than one only in a flood of what nobody has proved.
    "requests" INTEGER NOT NULL DEFAULT 1
) PARTITION BY RANGE ("at");

-- Takes every row that has no partition yet, so that a missing one never refuses a token.
CREATE TABLE "activity_default" PARTITION OF "activity" DEFAULT;

-- Append-only. A row may leave the default partition, for its own.
CREATE FUNCTION "refuse_activity_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'activity_default' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'activity is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER "activity_no_change"
  BEFORE UPDATE OR DELETE ON "activity" FOR EACH ROW
  EXECUTE FUNCTION "refuse_activity_change"();

CREATE TRIGGER "activity_no_truncate"
  BEFORE TRUNCATE ON "activity" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_activity_change"();
