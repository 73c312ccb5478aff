import { randomUUID } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { database } from "@/lib/db/client";
import { rowsReadIn, useQueryPlans } from "@/lib/testing/database/query-plans";
import type { AuditFilter } from "./audit-log.schema";
import { listAuditEvents } from "./list-audit-events";

/** On the embedded database storing them takes longer than everything else here, and the plans are the same. */
const EVENTS = inject("testDatabaseUrl") === "" ? 20_000 : 100_000;

const RARE = { actor: randomUUID(), target: randomUUID(), person: randomUUID() };

/** A log as it becomes: nearly everything is rooms that applications made, spread over months. */
const { plansOf } = useQueryPlans(async (store) => {
  await store(`
    INSERT INTO audit_events (id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id, ip, request_id)
    SELECT gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 minute',
      (CASE WHEN n % 20 = 0 THEN 'staff' WHEN n % 501 = 0 THEN 'system' ELSE 'application' END)::actor_kind,
      md5((n % 50)::text)::uuid, CASE WHEN n % 20 <> 0 THEN md5((n % 3000)::text)::uuid END,
      CASE WHEN n % 20 = 0 THEN 'application.updated' WHEN n % 7 = 0 THEN 'room.updated' ELSE 'room.created' END,
      CASE WHEN n % 20 = 0 THEN 'application' ELSE 'person' END, md5((n % 3000)::text)::uuid,
      '192.0.2.' || n % 200, 'r-' || n
    FROM generate_series(1, ${EVENTS}) n`);
  await store(`
    INSERT INTO audit_events (id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id, ip, request_id)
    VALUES (gen_random_uuid(), '2026-01-01', 'staff', '${RARE.actor}', '${RARE.person}', 'application.key_revoked',
      'application', '${RARE.target}', '203.0.113.9', 'rare')`);
  await store("ANALYZE audit_events");
});

/** Every kind of filter that the log has. */
const FILTERS: [what: string, filter: AuditFilter & { before?: string }][] = [
  ["whole", { kind: "all" }],
  ["of what staff changed", {}],
  ["of sign-ins", { kind: "sign_in" }],
  ["of what applications did", { kind: "application" }],
  ["of what staff changed on one day", { from: "2026-01-02", to: "2026-01-02" }],
  ["involving nobody who is known", { involving: `person:${RARE.target}`, kind: "all" }],
  ["of one member of staff", { actor: `staff:${RARE.actor}` }],
  ["of staff", { actor: "staff" }],
  ["of the product itself", { actor: "system" }],
  ["about one application", { target: `application:${RARE.target}` }],
  ["for one person", { person: RARE.person }],
  ["of a rare action", { action: "application.key_revoked" }],
  ["of the most frequent action", { action: "room.created" }],
  ["from one address", { ip: "203.0.113.9" }],
  ["of one request", { request: "rare" }],
  ["of one day", { kind: "all", from: "2026-01-02", to: "2026-01-02" }],
  ["of staff on one day", { actor: "staff", from: "2026-01-02", to: "2026-01-02" }],
  ["of what staff never did", { actor: "staff", action: "room.created" }],
  ["of a part in which staff did nothing", { actor: "staff", action: "room" }],
  ["of staff about what they never touched", { actor: "staff", target: "room" }],
];

/** Those for whoever is involved; involvement-plans.integration.test.ts shows that they are used. */
const USED_BY_INVOLVEMENT = ["audit_events_actor_id_kind_at_id_idx", "audit_events_target_id_kind_at_id_idx"];

describe(`a page of a log with ${EVENTS} events`, () => {
  it.each(FILTERS)("%s is read through an index, without sorting what it does not show", async (_what, filter) => {
    const plans = await plansOf(() => listAuditEvents(filter), "audit_events");
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(plan).not.toContain("Seq Scan on audit_events");
    // A thousand events are nothing to look at; a hundred thousand are.
    for (const plan of plans) expect(rowsReadIn(plan), plan).toBeLessThan(2_000);
  });

  it("uses every index of the log for one of them: each costs something whenever something is changed", async () => {
    const plans: string[] = [];
    for (const [, filter] of FILTERS) plans.push(...(await plansOf(() => listAuditEvents(filter), "audit_events")));
    const used = plans.flatMap((plan) => [...plan.matchAll(/Scan(?: Backward)? (?:using|on) (audit_events_\w+)/g)]);
    const indexes = await database().$queryRaw<{ name: string }[]>`
      SELECT indexname AS name FROM pg_indexes WHERE tablename = 'audit_events' AND indexname <> 'audit_events_pkey'`;
    const shown = [...new Set(used.map(([, name]) => name))];
    expect([...shown, ...USED_BY_INVOLVEMENT].sort()).toEqual(indexes.map(({ name }) => name).sort());
  });

  it("deep inside reads no more than the first one", async () => {
    const middle = await database().$queryRaw<{ id: string }[]>`
      SELECT id FROM audit_events ORDER BY at DESC, id DESC OFFSET ${EVENTS / 2} LIMIT 1`;
    const before = middle[0]?.id ?? "";
    for (const filter of [{ before, kind: "all" }, { before }] as const) {
      const plans = await plansOf(() => listAuditEvents(filter), "audit_events");
      const pages = plans.filter((plan) => plan.startsWith("Limit"));
      expect(pages.length).toBeGreaterThan(0);
      for (const plan of pages) expect(rowsReadIn(plan), plan).toBeLessThan(500);
    }
  });
});
