-- The orders of the list of applications. The expressions are those of lib/applications/application-query.ts.
CREATE INDEX "applications_name_order_idx" ON "applications" (lower("name"), "id");
CREATE INDEX "applications_last_used_order_idx" ON "applications" (COALESCE("last_used_at", '-infinity'::timestamptz), "id");

-- Secrets that end by themselves or were told to: few of all.
CREATE INDEX "application_secrets_end_idx" ON "application_secrets" (LEAST("expires_at", "ended_at"))
  WHERE "expires_at" IS NOT NULL OR "ended_at" IS NOT NULL;

-- Finding part of a name among a hundred thousand. The extension comes with PostgreSQL and needs no superuser; where it is
-- missing or forbidden all the same, the search works as before, by reading every row.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "applications_search_idx" ON "applications"
    USING gin ("name" gin_trgm_ops, "client_id" gin_trgm_ops, "owner_contact" gin_trgm_ops) WITH (fastupdate = off);
  CREATE INDEX "application_domains_search_idx" ON "application_domains"
    USING gin ("domain" gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION
  WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
    RAISE NOTICE 'pg_trgm is not available: searching a long list of applications is slower (%)', SQLERRM;
END;
$$;
