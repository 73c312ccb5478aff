-- The list of staff is read a page at a time in these two orders.
-- CreateIndex
CREATE INDEX "rooms_created_at_id_idx" ON "rooms"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rooms_name_id_idx" ON "rooms"("name", "id");
