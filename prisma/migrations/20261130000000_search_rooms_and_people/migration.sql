-- Finding part of a text among a million rooms and people, as among applications. Traffic writes to both tables, so what is
-- new waits in the pending list of the index, which a search reads as well.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "rooms_search_idx" ON "rooms"
    USING gin ("slug" gin_trgm_ops, "name" gin_trgm_ops, "external_id" gin_trgm_ops);
  CREATE INDEX "people_search_idx" ON "people" USING gin ("email" gin_trgm_ops, "display_name" gin_trgm_ops);
EXCEPTION
  WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: searching long lists of rooms and people is slower (%)', SQLERRM;
END;
$$;
