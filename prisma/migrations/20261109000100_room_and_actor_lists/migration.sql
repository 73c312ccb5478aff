-- The list of staff is read a page at a time in these two orders.
-- CreateIndex
CREATE INDEX "rooms_created_at_id_idx" ON "rooms"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rooms_name_id_idx" ON "rooms"("name", "id");

-- The part of the table was not recognised: the kind arrives as a text that is cast, which the planner does not look into.
DROP INDEX "audit_events_actor_kind_at_id_idx";

-- CreateIndex
CREATE INDEX "audit_events_actor_kind_at_id_idx" ON "audit_events"("actor_kind", "at" DESC, "id" DESC);
