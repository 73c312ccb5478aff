-- What kind of event it is, so that what staff changed can be read without what surrounds it: rooms that applications make,
-- which are nearly everything, sign-ins, and rooms that are purged in thousands. It follows from the event, so the database
-- works it out: nobody who writes one can forget it. audit-kinds.integration.test.ts has what it must say.
ALTER TABLE "audit_events" ADD COLUMN "kind" VARCHAR(16) NOT NULL GENERATED ALWAYS AS (
  CASE
    WHEN "actor_kind" = 'application' THEN 'application'
    WHEN "action" IN (
      'staff.signed_in', 'staff.sign_in_failed', 'staff.organisation_sign_in_refused', 'staff.signed_out',
      'staff.reauthenticated', 'staff.reauthentication_failed'
    ) THEN 'sign_in'
    WHEN "action" = 'room.purged' THEN 'upkeep'
    ELSE 'staff'
  END
) STORED;

-- Each in the order of the log, and of the few events that staff leave: what applications do writes nothing here. Those of
-- an application, and of all kinds together, have indexes already.
CREATE INDEX "audit_events_kind_at_id_idx" ON "audit_events"("kind", "at" DESC, "id" DESC)
  WHERE "kind" IN ('staff', 'sign_in');
CREATE INDEX "audit_events_actor_id_kind_at_id_idx" ON "audit_events"("actor_id", "kind", "at" DESC, "id" DESC)
  WHERE "kind" IN ('staff', 'sign_in');
CREATE INDEX "audit_events_target_id_kind_at_id_idx"
  ON "audit_events"("target_kind", "target_id", "kind", "at" DESC, "id" DESC)
  WHERE "kind" IN ('staff', 'sign_in');
