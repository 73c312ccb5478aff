import { toScript } from "@/lib/activity/partitions/to-script";
import { DAY_MS } from "@/lib/time";

/** Fewer than rows are kept, so that housekeeping drops none of them. */
const DAYS = 28;

/**
 * What applications did on the days before `now`, each day in its partition, and the counts of it. One application of a
 * hundred does all of it, for twenty people, and one request in fifty is refused. Reads the tables `bench_applications`
 * and `bench_people`.
 */
export function activityStatements(count: number, now: Date): string[] {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const days = Array.from({ length: DAYS }, (_, index) => {
    const from = new Date(today - (DAYS - index) * DAY_MS);
    const first = Math.round((count * index) / DAYS) + 1;
    const last = Math.round((count * (index + 1)) / DAYS);
    return dayStatements(from, first, last);
  });
  return [...days.flat(), ...COUNTS, "VACUUM (ANALYZE) activity, usage_hourly, usage_daily"];
}

function dayStatements(from: Date, first: number, last: number): string[] {
  const name = `activity_d${from.toISOString().slice(0, 10).replaceAll("-", "")}`;
  return [
    toScript({ kind: "add", name, from, to: new Date(from.getTime() + DAY_MS) }),
    `WITH sizes AS (
       SELECT GREATEST(1, (SELECT count(*) FROM bench_applications) / 100) AS busy,
         (SELECT count(*) FROM bench_people) AS people
     ), called AS (
       SELECT n, n % busy AS caller, n / busy AS turn, people FROM sizes, generate_series(${first}, ${last}) AS n
     )
     INSERT INTO ${name}
       (at, request_id, kind, method, path, status, reason, application_id, is_proven, person_id, scopes, jti, ip, duration_us)
     SELECT timestamptz '${from.toISOString()}' + (n - ${first}) * interval '1 day' / ${Math.max(1, last - first + 1)},
       'bench-call-' || n, CASE WHEN is_token THEN 'tokens' ELSE 'rooms' END, 'POST',
       CASE WHEN is_token THEN '/api/oauth/token' ELSE '/api/external/rooms' END,
       CASE WHEN is_refused THEN 429 WHEN is_token THEN 200 ELSE 201 END,
       CASE WHEN is_refused THEN 'quota_exceeded' END, a.id, TRUE, p.id,
       CASE WHEN is_token AND NOT is_refused THEN '{rooms:create,rooms:list}'::text[] END,
       CASE WHEN is_token AND NOT is_refused THEN gen_random_uuid()::text END, '192.0.2.' || n % 250, 900
     FROM called CROSS JOIN LATERAL (SELECT turn % 2 = 0 AS is_token, turn % 50 = 7 AS is_refused) AS facts
     JOIN bench_applications a ON a.place = caller
     JOIN bench_people p ON p.place = (caller * 20 + turn % 20) % people`,
    toScript({ kind: "index", name }),
  ];
}

/** As the product counts; it goes on from the last hour that it finds counted. */
const COUNTS = [
  `INSERT INTO usage_hourly (hour, application_id, credential_id, person_id, kind, outcome, count, last_at)
   SELECT date_trunc('hour', at, 'UTC'), application_id, '00000000-0000-0000-0000-000000000000', person_id, kind,
     COALESCE(reason, 'ok'), count(*), max(at)
   FROM activity WHERE request_id LIKE 'bench-call-%' GROUP BY 1, 2, 4, 5, 6`,
  `INSERT INTO usage_daily (day, application_id, kind, outcome, count)
   SELECT (hour AT TIME ZONE 'UTC')::date, application_id, kind, outcome, sum(count)
   FROM usage_hourly WHERE hour < date_trunc('day', now(), 'UTC') GROUP BY 1, 2, 3, 4
   ON CONFLICT DO NOTHING`,
];
