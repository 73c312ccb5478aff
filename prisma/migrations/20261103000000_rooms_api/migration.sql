-- AlterTable
ALTER TABLE "idempotency_keys" ADD COLUMN     "response_fields" JSONB NOT NULL DEFAULT '{}',
ALTER COLUMN "response_body" SET DATA TYPE TEXT;

-- AlterTable
ALTER TABLE "rooms" ADD COLUMN     "external_owner_id" UUID,
ALTER COLUMN "pin_code" SET DATA TYPE VARCHAR(20);

-- CreateTable
CREATE TABLE "room_attendees" (
    "room_id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,

    CONSTRAINT "room_attendees_pkey" PRIMARY KEY ("room_id","email")
);

-- CreateIndex
CREATE INDEX "room_attendees_email_idx" ON "room_attendees"("email");

-- CreateIndex
CREATE INDEX "rooms_external_owner_id_idx" ON "rooms"("external_owner_id");

-- CreateIndex
CREATE INDEX "rooms_deleted_at_idx" ON "rooms"("deleted_at");

-- AddForeignKey
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_external_owner_id_fkey" FOREIGN KEY ("external_owner_id") REFERENCES "people"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "room_attendees" ADD CONSTRAINT "room_attendees_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

-- One room for each name that an application gives it on behalf of one person; deleting the room frees the name.
CREATE UNIQUE INDEX "rooms_external_id_key" ON "rooms"("created_by_application_id", "external_owner_id", "external_id")
  WHERE "deleted_at" IS NULL AND "external_id" IS NOT NULL;

ALTER TABLE "rooms" ADD CONSTRAINT "rooms_external_id_not_empty" CHECK ("external_id" <> '');

-- Guests are stored in one spelling only, so that the key is case-insensitive.
ALTER TABLE "room_attendees" ADD CONSTRAINT "room_attendees_email_lower_case" CHECK ("email" = lower("email") AND "email" = btrim("email"));

-- Who has no role in a room any more must not be led to it by its external id, whatever took the role away.
CREATE FUNCTION "release_external_id"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "rooms" SET "external_owner_id" = NULL WHERE "id" = OLD."room_id" AND "external_owner_id" = OLD."person_id";
  RETURN NULL;
END;
$$;

CREATE TRIGGER "room_accesses_release_external_id"
  AFTER DELETE ON "room_accesses" FOR EACH ROW
  EXECUTE FUNCTION "release_external_id"();
