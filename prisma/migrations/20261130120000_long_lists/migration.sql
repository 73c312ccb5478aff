-- What the lists of staff are read by, at a hundred thousand applications and a million people and rooms.

-- People by name, those without one last (lib/people/person-query.ts).
CREATE INDEX "people_display_name_email_idx" ON "people"("display_name", "email");

-- Few of all, and found without reading the others: who is inactive, and who must not be acted for. Somebody new is
-- neither, so storing them writes nothing here.
CREATE INDEX "people_inactive_idx" ON "people"("created_at" DESC, "id" DESC) WHERE NOT "is_active";
CREATE INDEX "people_protected_idx" ON "people"("created_at" DESC, "id" DESC) WHERE NOT "is_delegation_allowed";

-- The rooms of one application, in the orders of the list: what it has made may all be old, or be called alike.
CREATE INDEX "rooms_created_by_application_id_created_at_id_idx"
  ON "rooms"("created_by_application_id", "created_at" DESC, "id" DESC);
CREATE INDEX "rooms_created_by_application_id_name_id_idx" ON "rooms"("created_by_application_id", "name", "id");

-- The newest rooms of a person (lib/people/list-person-rooms.ts), instead of the index that had no order.
CREATE INDEX "room_accesses_person_id_created_at_id_idx" ON "room_accesses"("person_id", "created_at" DESC, "id" DESC);
DROP INDEX "room_accesses_person_id_idx";

-- Staff and the product itself by what they did. What applications do on behalf of somebody, which is nearly everything,
-- writes nothing here. Who acts decides what can be done, which the planner would not know.
CREATE INDEX "audit_events_actor_kind_action_at_id_idx" ON "audit_events"("actor_kind", "action", "at" DESC, "id" DESC)
  WHERE "on_behalf_of_id" IS NULL;
CREATE STATISTICS "audit_events_actor_kind_action" (mcv) ON "actor_kind", "action" FROM "audit_events";

-- Rooms that expire, for the state "expired" (lib/rooms/staff/staff-room-query.ts). Most never do.
CREATE INDEX "rooms_expires_at_idx" ON "rooms"("expires_at") WHERE "expires_at" IS NOT NULL AND "deleted_at" IS NULL;

-- How often a part of a text occurs decides whether an index is used for it: more samples than the hundred by default.
ALTER TABLE "people" ALTER COLUMN "email" SET STATISTICS 500, ALTER COLUMN "display_name" SET STATISTICS 500;
ALTER TABLE "rooms"
  ALTER COLUMN "name" SET STATISTICS 500, ALTER COLUMN "slug" SET STATISTICS 500,
  ALTER COLUMN "external_id" SET STATISTICS 500;

-- Whether an application may act for anyone follows from two other tables, and no index reaches over tables. Kept here for
-- lists; what a token may do is always decided by the tables themselves.
ALTER TABLE "applications" ADD COLUMN "is_unrestricted" BOOLEAN NOT NULL DEFAULT true;

UPDATE "applications" a SET "is_unrestricted" = false
WHERE EXISTS (SELECT 1 FROM "application_domains" d WHERE d."application_id" = a."id")
  OR EXISTS (SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = a."id" AND w."effect" = 'allow');

CREATE FUNCTION "keep_is_unrestricted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "applications" a SET "is_unrestricted" = f."is_unrestricted"
  FROM (
    SELECT c."application_id",
      NOT EXISTS (SELECT 1 FROM "application_domains" d WHERE d."application_id" = c."application_id")
      AND NOT EXISTS (
        SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = c."application_id" AND w."effect" = 'allow'
      ) AS "is_unrestricted"
    FROM (SELECT DISTINCT "application_id" FROM "changed") c
  ) f
  WHERE a."id" = f."application_id" AND a."is_unrestricted" <> f."is_unrestricted";
  RETURN NULL;
END;
$$;

CREATE TRIGGER "application_domains_added" AFTER INSERT ON "application_domains"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "keep_is_unrestricted"();
CREATE TRIGGER "application_domains_removed" AFTER DELETE ON "application_domains"
  REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "keep_is_unrestricted"();
CREATE TRIGGER "application_person_rules_added" AFTER INSERT ON "application_person_rules"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "keep_is_unrestricted"();
CREATE TRIGGER "application_person_rules_removed" AFTER DELETE ON "application_person_rules"
  REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "keep_is_unrestricted"();
CREATE TRIGGER "application_person_rules_changed" AFTER UPDATE ON "application_person_rules"
  REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "keep_is_unrestricted"();

-- The report of unrestricted applications, in its order; the first page counts them.
CREATE INDEX "applications_unrestricted_idx" ON "applications"("is_active" DESC, lower("name"), "id")
  WHERE "is_unrestricted" AND "deleted_at" IS NULL;
