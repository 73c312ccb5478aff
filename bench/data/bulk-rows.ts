// Rows by the hundred thousand, in statements: through the product's verbs they would take hours.
import { activityStatements } from "./bulk-activity";

/** How many there are of what a full database is measured with. */
const FULL = {
  applications: 100_000,
  people: 1_000_000,
  rooms: 1_000_000,
  auditEvents: 5_000_000,
  calls: 5_000_000,
} as const;

/** `calls` are rows of activity. */
type Counts = { people: number; rooms: number; auditEvents: number; calls: number };

/** Of one statement: what it has made so far is lost when it fails, and takes memory. */
const ROWS_AT_ONCE = 500_000;

/** Nobody knows what it was made from. */
const HASH = `$argon2id$v=19$m=19456,t=2,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Active applications with a domain and a secret each. */
export function applicationStatements(count: number): string[] {
  return [
    `WITH made AS (
      INSERT INTO applications (id, name, client_id, owner_contact, scopes, created_at, updated_at, last_used_at)
      SELECT gen_random_uuid(),
        (ARRAY['Calendar', 'Booking', 'Survey', 'Library', 'Help desk', 'Registry'])[1 + n % 6] || ' ' || n,
        substr(md5(n::text) || md5((-n)::text), 1, 40), 'team-' || n % 500 || '@bench.example',
        '{rooms:create,rooms:list}', now() - n * interval '1 minute', now(), now() - (n % 4000) * interval '1 hour'
      FROM generate_series(1, ${count}) AS n
      RETURNING id
    ), limited AS (
      INSERT INTO application_domains (id, application_id, domain)
      SELECT gen_random_uuid(), id, 'd' || substr(md5(id::text), 1, 6) || '.example' FROM made
    )
    INSERT INTO application_secrets (id, application_id, hash, hint)
    SELECT gen_random_uuid(), id, '${HASH}', substr(md5(id::text), 1, 4) FROM made`,
    "ANALYZE applications, application_domains, application_secrets",
  ];
}

/**
 * People, a room and its owner for each of `rooms`, audit events about them, and what applications did before `now`. There
 * have to be applications.
 */
export function portalStatements({ people, rooms, auditEvents, calls }: Counts, now: Date): string[] {
  return [
    "CREATE TABLE bench_applications AS SELECT id, row_number() OVER () - 1 AS place FROM applications",
    "CREATE UNIQUE INDEX ON bench_applications (place)",
    ...slices(people).map(
      ([from, to]) => `
      INSERT INTO people (id, email, display_name, created_by_application_id, created_at, updated_at)
      SELECT gen_random_uuid(), 'somebody.' || n || '@d' || n % 1000 || '.example', 'Somebody ' || md5(n::text), a.id,
        now() - n * interval '20 seconds', now()
      FROM generate_series(${from}, ${to}) AS n
      JOIN bench_applications a ON a.place = n % (SELECT count(*) FROM bench_applications)`,
    ),
    "CREATE TABLE bench_people AS SELECT id, row_number() OVER () - 1 AS place FROM people",
    "CREATE UNIQUE INDEX ON bench_people (place)",
    ...slices(rooms).map(
      ([from, to]) => `
      WITH made AS (
        INSERT INTO rooms (id, slug, name, access_level, created_by_application_id, created_at, updated_at, deleted_at)
        SELECT gen_random_uuid(), 'bench-' || n, 'Meeting ' || md5(n::text), 'trusted', a.id,
          now() - n * interval '20 seconds', now(), CASE WHEN n % 50 = 0 THEN now() END
        FROM generate_series(${from}, ${to}) AS n
        JOIN bench_applications a ON a.place = n % (SELECT count(*) FROM bench_applications)
        RETURNING id, slug, created_at
      )
      INSERT INTO room_accesses (id, room_id, person_id, role, created_at)
      SELECT gen_random_uuid(), made.id, p.id, 'owner', made.created_at
      FROM made
      JOIN bench_people p ON p.place = substr(made.slug, 7)::bigint % (SELECT count(*) FROM bench_people)`,
    ),
    ...slices(auditEvents).map(
      ([from, to]) => `
      INSERT INTO audit_events
        (id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id, ip, request_id, changes)
      SELECT gen_random_uuid(), now() - n * interval '3 seconds', 'application', a.id, p.id, 'room.created', 'room',
        gen_random_uuid(), '192.0.2.' || n % 250, 'bench-' || n,
        jsonb_build_object('name', jsonb_build_object('before', NULL, 'after', 'Meeting ' || n))
      FROM generate_series(${from}, ${to}) AS n
      JOIN bench_applications a ON a.place = n % (SELECT count(*) FROM bench_applications)
      JOIN bench_people p ON p.place = n % (SELECT count(*) FROM bench_people)`,
    ),
    ...activityStatements(calls, now),
    "DROP TABLE bench_applications, bench_people",
    "VACUUM (ANALYZE) people",
    "VACUUM (ANALYZE) rooms",
    "VACUUM (ANALYZE) room_accesses",
    "VACUUM (ANALYZE) audit_events",
  ];
}

/** `FULL` at another size, at least one of each. */
export function scaled(size: number): { applications: number } & Counts {
  const scale = (count: number) => Math.max(1, Math.round(count * size));
  return {
    applications: scale(FULL.applications),
    people: scale(FULL.people),
    rooms: scale(FULL.rooms),
    auditEvents: scale(FULL.auditEvents),
    calls: scale(FULL.calls),
  };
}

function slices(count: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / ROWS_AT_ONCE) }, (_, index) => [
    index * ROWS_AT_ONCE + 1,
    Math.min(count, (index + 1) * ROWS_AT_ONCE),
  ]);
}
