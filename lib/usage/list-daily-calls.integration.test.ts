// Runs on both databases: days in UTC, and how the counts of a page of applications are found among all.
import { describe, expect, inject, it } from "vitest";
import { database } from "@/lib/db/client";
import { rowsReadIn, useQueryPlans } from "@/lib/testing/database/query-plans";
import { listDailyCalls } from "./list-daily-calls";

const NOW = new Date("2026-11-23T00:30:00Z");
const DAYS = 7;
/** A page of the list at its longest. */
const SHOWN = 50;
/** On the embedded database storing them takes longer than everything else here. */
const SIZE = inject("testDatabaseUrl") === "" ? 300 : 1_000;
/** Outcomes of a day: each kind answered, and refused for one reason. */
const ROWS_OF_A_DAY = 4;

const idOf = (name: string | number) => `00000000-0000-4000-8000-${String(name).padStart(12, "0")}`;

const { plansOf, statementsOf } = useQueryPlans(async (store) => {
  await store(`
    INSERT INTO applications (id, name, client_id, created_at, updated_at)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Application ' || n, 'client' || n, now(), now()
    FROM generate_series(1, ${SIZE + 3}) n`);
  await store(`
    INSERT INTO usage_daily (day, application_id, kind, outcome, count)
    SELECT DATE '2026-11-23' - d, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, kind, outcome, 1
    FROM generate_series(1, ${SIZE}) n, generate_series(0, 59) d,
      unnest(ARRAY['tokens', 'rooms']) kind, unnest(ARRAY['ok', 'scope_not_granted']) outcome`);
  const [busy, other] = [idOf(SIZE + 1), idOf(SIZE + 2)];
  await store(`
    INSERT INTO usage_daily (day, application_id, kind, outcome, count) VALUES
      ('2026-11-23', '${busy}', 'tokens', 'ok', 3), ('2026-11-23', '${busy}', 'rooms', 'ok', 4),
      ('2026-11-23', '${busy}', 'tokens', 'domain_not_allowed', 2), ('2026-11-23', '${busy}', 'rooms', 'database_unavailable', 1),
      ('2026-11-23', '${busy}', 'introspection', 'ok', 100),
      ('2026-11-17', '${busy}', 'tokens', 'ok', 5), ('2026-11-16', '${busy}', 'tokens', 'ok', 1000),
      ('2026-11-24', '${busy}', 'tokens', 'ok', 1000), ('2026-11-22', '${other}', 'rooms', 'room_not_found', 6)`);
  await store("VACUUM ANALYZE usage_daily");
});

describe("the calls of several applications by day", () => {
  it("are each application's own, of its last UTC days, oldest first, none left out", async () => {
    const [busy, other, idle] = [idOf(SIZE + 1), idOf(SIZE + 2), idOf(SIZE + 3)];
    const calls = await listDailyCalls([busy, other, idle], DAYS, NOW);
    const short = (id: string) => calls.get(id)?.map(({ answered, refused }) => `${answered}/${refused}`);
    expect(short(busy)).toEqual(["5/0", "0/0", "0/0", "0/0", "0/0", "0/0", "7/3"]);
    expect(short(other)).toEqual(["0/0", "0/0", "0/0", "0/0", "0/0", "0/6", "0/0"]);
    expect(short(idle)).toEqual(Array.from({ length: DAYS }, () => "0/0"));
    expect(calls.size).toBe(3);
  });

  it("of no application are none, and nothing is asked", async () => {
    const asked = await statementsOf(async () => expect(await listDailyCalls([], DAYS, NOW)).toEqual(new Map()));
    expect(asked).toEqual([]);
  });

  it(`are one statement for a page, which reads their rows of these days alone, of ${SIZE} applications' sixty days`, async () => {
    const ids = Array.from({ length: SHOWN }, (_, index) => idOf(1 + index * Math.floor(SIZE / SHOWN)));
    const plans = await plansOf(() => listDailyCalls(ids, DAYS, NOW), "usage_daily");
    expect(plans).toHaveLength(1);
    for (const plan of plans) {
      expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(SHOWN * DAYS * ROWS_OF_A_DAY);
      expect(plan).not.toMatch(/Seq Scan/);
    }
    expect(await database().usageDaily.count({ where: { applicationId: idOf(1) } })).toBe(60 * ROWS_OF_A_DAY);
  });
});
