import type { Database } from "@/lib/db/client";

/** Adds applications in one statement, to see how a long list feels. They have a domain each and no secret. */
export async function seedManyApplications(database: Database, count: number): Promise<void> {
  await database.$executeRaw`
    WITH made AS (
      INSERT INTO applications (id, name, client_id, owner_contact, is_active, scopes, created_at, updated_at, last_used_at)
      SELECT gen_random_uuid(),
        (ARRAY['Calendar', 'Booking', 'Survey', 'Library', 'Help desk', 'Registry'])[1 + n % 6] || ' ' || n,
        substr(md5(random()::text) || md5(random()::text), 1, 40),
        'team-' || n % 500 || '@vestibule.example',
        n % 7 <> 0,
        CASE WHEN n % 9 = 0 THEN '{}' ELSE ARRAY['rooms:create', 'rooms:list'] END::text[],
        now() - n * interval '1 minute', now(),
        CASE WHEN n % 3 = 0 THEN NULL ELSE now() - (n % 4000) * interval '1 hour' END
      FROM generate_series(1, ${count}::int) AS n
      RETURNING id
    )
    INSERT INTO application_domains (id, application_id, domain)
    SELECT gen_random_uuid(), id, 'd' || substr(md5(id::text), 1, 6) || '.example' FROM made`;
  await database.$executeRaw`ANALYZE applications, application_domains`;
}
