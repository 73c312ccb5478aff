import { describe, expect, inject, it } from "vitest";
import { maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { database } from "@/lib/db/client";
import { rowsReadIn, useQueryPlans } from "@/lib/testing/database/query-plans";
import { HOUR_MS } from "@/lib/time";
import { REQUESTS_PER_PAGE, timeOf } from "./activity-log.schema";
import type { ActivityPage, ActivityScope } from "./activity-log.types";
import { listActivity, ROWS_LOOKED_AT_MAX } from "./list-activity";
import { listSecretUsesByAddress } from "./list-secret-uses-by-address";

/** On the embedded database storing them takes longer than everything else here, and the plans are the same. */
const ROWS_A_DAY = inject("testDatabaseUrl") === "" ? 20_000 : 60_000;
const NOW = new Date("2026-11-30T12:00:00Z");
/** To know that requests of one moment are all there, one more is read; a few of a busy neighbour may come before. */
const SIFTED_MAX = 1.5 * ROWS_LOOKED_AT_MAX;
const ID = (name: string) => `md5('${name}')::uuid`;

/**
 * Two whole days and the hour that is being written, which is as large as a day here. One application makes nine of ten
 * requests, one in fifteen is refused, and what is rare is in the middle of the older day.
 */
const { plansOf } = useQueryPlans(async (store) => {
  const insert = (begin: string, seconds: number) =>
    store(`
      INSERT INTO activity (at, request_id, kind, method, path, status, reason, application_id, is_proven, credential_id, person_id, ip, duration_us)
      SELECT timestamptz '${begin}' + n * interval '${seconds / ROWS_A_DAY} seconds', 'r-${begin}-' || n, 'rooms', 'GET', '/api/external/rooms',
        CASE WHEN n % 15 = 1 THEN 403 ELSE 200 END, CASE WHEN n % 15 = 1 THEN 'domain_not_allowed' END,
        CASE WHEN n % 10 > 0 THEN ${ID("busy")} ELSE md5('a' || n % 100)::uuid END, true, md5('s' || n % 100)::uuid,
        md5('p' || n % 1000)::uuid, '192.0.2.7', 900
      FROM generate_series(1, ${ROWS_A_DAY}) n`);
  await insert("2026-11-28T00:00:00Z", 86_000);
  await insert("2026-11-29T00:00:00Z", 86_000);
  await store(`
    INSERT INTO activity (at, request_id, kind, method, path, status, reason, application_id, is_proven, credential_id, person_id, ip, duration_us)
    VALUES ('2026-11-28T12:00:00Z', 'rare', 'tokens', 'POST', '/api/oauth/token', 418, 'bad_signature', ${ID("rare")}, true, ${ID("secret")}, ${ID("person")}, '192.0.2.7', 900)`);
  while ((await maintainPartitions({ now: new Date("2026-11-30T11:00:00Z"), retentionDays: 30 })) > 0);
  await insert("2026-11-30T11:00:10Z", 3_580);
  // What a server does by itself while rows come in (autosummarize).
  await store("SELECT brin_summarize_new_values('activity_h2026113011_at'); ANALYZE activity");
});

const idOf = (name: string) =>
  database()
    .$queryRawUnsafe<{ id: string }[]>(`SELECT ${ID(name)} AS id`)
    .then(([row]) => row?.id ?? "");

async function scopeOf(names: { application?: string; person?: string; credential?: string }, rest = {}) {
  const { application, person, credential } = names;
  const scope: ActivityScope = {
    ...timeOf({ from: "2026-11-01" }, { now: NOW, retentionDays: 30 }),
    outcome: undefined,
    status: undefined,
    cause: undefined,
    application: application === undefined ? undefined : { id: await idOf(application), name: null },
    person: person === undefined ? undefined : { id: await idOf(person), email: "" },
    credential:
      credential === undefined
        ? undefined
        : { id: await idOf(credential), kind: "secret", hint: "", applicationId: await idOf("busy") },
    isNowhere: false,
  };
  return { ...scope, ...rest };
}

type Case = [what: string, names: Parameters<typeof scopeOf>[0], rest?: Partial<ActivityScope>];
/** What there is much of: the hour without indexes has a page of it in its last seconds. */
const FREQUENT: Case[] = [
  ["everything", {}],
  ["everything of a busy application", { application: "busy" }],
  ["what was refused", {}, { outcome: "refused" }],
  ["what was refused to a busy application", { application: "busy" }, { outcome: "refused" }],
  ["a cause", {}, { cause: "domain" }],
  ["a status", { application: "busy" }, { status: 200 }],
];
/** What there is one of, or nothing. The hour without indexes is looked through for it, and nothing else. */
const RARE: Case[] = [
  ["a rare application", { application: "rare" }],
  ["an application without a request", { application: "none" }],
  ["what was refused to a rare application", { application: "rare" }, { outcome: "refused" }],
  ["a rare person", { person: "person" }],
  ["a rare person with a busy application", { person: "person", application: "busy" }],
];
/** What no index answers: it takes pages. */
const HIDDEN: Case[] = [
  ["a rare status", {}, { status: 418 }],
  ["a rare cause", {}, { cause: "assertion" }],
  ["a secret that a busy application does not use", { application: "busy", credential: "secret" }],
  ["what failed for our sake", { application: "busy" }, { outcome: "failed" }],
];
const DAY_BEFORE: Partial<ActivityScope> = { until: new Date(NOW.getTime() - 12 * HOUR_MS) };

const page = (scope: ActivityScope, cursor = {}): Promise<ActivityPage> => listActivity(scope, cursor, { now: NOW });

describe(`a page of a log with ${ROWS_A_DAY} requests a day`, () => {
  it.each(FREQUENT)("reads minutes of the hour without indexes, and no day: %s", async (_what, names, rest) => {
    const scope = await scopeOf(names, rest);
    expect((await page(scope)).entries).toHaveLength(REQUESTS_PER_PAGE);
    // A part of the hour, as the index of times tells it: blocks of 32 pages, of some 60 rows each.
    for (const plan of await plansOf(() => page(scope), "activity")) {
      expect(plan).not.toMatch(/Seq Scan on activity_(?:d|h)\d/);
      expect(rowsReadIn(plan), plan).toBeLessThan(ROWS_A_DAY / 5);
    }
  });

  it.each([...FREQUENT, ...RARE])("of a day that is over reads a page: %s", async (_what, names, rest) => {
    const scope = await scopeOf(names, { ...rest, ...DAY_BEFORE });
    const plans = await plansOf(() => page(scope), "activity");
    const isSifted = rest?.cause !== undefined || rest?.status !== undefined || rest?.outcome !== undefined;
    for (const plan of plans) {
      expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(isSifted ? SIFTED_MAX : 2 * REQUESTS_PER_PAGE);
    }
  });

  it.each(HIDDEN)("looks at a bounded number of rows for what no index answers: %s", async (_what, names, rest) => {
    const scope = await scopeOf(names, { ...rest, ...DAY_BEFORE });
    const plans = await plansOf(() => page(scope), "activity");
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(SIFTED_MAX);
  });

  it("deep inside reads no more than the first one, in both directions", async () => {
    const scope = await scopeOf({});
    const requestId = `r-2026-11-28T00:00:00Z-${ROWS_A_DAY / 2}`;
    const place = { at: new Date(Date.parse("2026-11-28T00:00:00Z") + 43_000_000), requestId };
    for (const cursor of [{ before: place }, { after: place }]) {
      const { entries, olderThan, newerThan } = await page(scope, cursor);
      expect([entries.length, olderThan === null, newerThan === null]).toEqual([REQUESTS_PER_PAGE, false, false]);
      for (const plan of await plansOf(() => page(scope, cursor), "activity")) {
        expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(2 * REQUESTS_PER_PAGE);
      }
    }
  });

  it("asks no more than four statements, whatever it finds", async () => {
    for (const [, names, rest] of [...FREQUENT, ...RARE, ...HIDDEN]) {
      const scope = await scopeOf(names, rest);
      expect((await plansOf(() => page(scope), "activity")).length).toBeLessThanOrEqual(4);
    }
  });

  it("finds what is rare in a day that is over", async () => {
    for (const [, names, rest] of RARE.filter(([what]) => what === "a rare application" || what === "a rare person")) {
      const { entries, olderThan } = await page(await scopeOf(names, rest));
      expect(entries).toMatchObject([{ requestId: "rare", status: 418 }]);
      expect(olderThan).toBeNull();
    }
  });

  it.each(["busy", "rare", "none"])("looks at a bounded number of rows for who used a secret: %s", async (name) => {
    const asked = { applicationId: await idOf(name), secretIds: [await idOf("secret")] };
    // The hour without indexes is looked through once, as for the log; what is older is read by an index.
    const now = new Date(NOW.getTime() - 12 * HOUR_MS);
    const plans = await plansOf(() => listSecretUsesByAddress(asked, { now }), "activity");
    expect(plans.length).toBeLessThanOrEqual(4);
    for (const plan of plans) expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(SIFTED_MAX);
  });
});
