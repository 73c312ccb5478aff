-- AlterTable
-- The person an application acted for. Rows from before stay as they are: nothing changes a row of this table.
ALTER TABLE "audit_events" ADD COLUMN     "on_behalf_of_id" UUID;

-- DropIndex
DROP INDEX "audit_events_actor_id_at_idx";

-- DropIndex
DROP INDEX "audit_events_target_kind_target_id_at_idx";

-- Each filter is read newest first, a page at a time: its index gives that order, so that no filter sorts the log.
-- CreateIndex
CREATE INDEX "audit_events_target_kind_target_id_at_id_idx" ON "audit_events"("target_kind", "target_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_id_at_id_idx" ON "audit_events"("actor_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_action_at_id_idx" ON "audit_events"("action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_ip_at_id_idx" ON "audit_events"("ip", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_request_id_idx" ON "audit_events"("request_id");

-- What follows cannot be said in schema.prisma.

-- Applications write nearly all events; what staff and the product do would be a long search without these.
CREATE INDEX "audit_events_actor_kind_at_id_idx" ON "audit_events"("actor_kind", "at" DESC, "id" DESC)
  WHERE "actor_kind" <> 'application';
CREATE INDEX "audit_events_on_behalf_of_id_at_id_idx" ON "audit_events"("on_behalf_of_id", "at" DESC, "id" DESC)
  WHERE "on_behalf_of_id" IS NOT NULL;
