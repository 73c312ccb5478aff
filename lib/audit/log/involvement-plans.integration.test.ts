import { describe, expect, inject, it } from "vitest";
import { rowsReadIn, useQueryPlans } from "@/lib/testing/database/query-plans";
import type { AuditFilter } from "./audit-log.schema";
import { listAuditEvents } from "./list-audit-events";

/** Of each kind. On the embedded database storing them takes longer than everything else here, and the plans are the same. */
const EVENTS = inject("testDatabaseUrl") === "" ? 5_000 : 25_000;

/** Who has done much that is not looked for: the tokens and rooms of an application, the sign-ins of a member. */
const BUSY = {
  application: "00000000-0000-4000-8000-00000000000a",
  staff_member: "00000000-0000-4000-8000-00000000000b",
  person: "00000000-0000-4000-8000-00000000000c",
};

/** What is looked for, of each of them: several pages, so that reading all and sorting it never looks as cheap as an index in order. */
const LOOKED_FOR = 400;

const { plansOf } = useQueryPlans(async (store) => {
  const columns = "id, at, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id";
  // Ids from the numbers: random ones would make another index, and now and then another plan, each time.
  const idOf = (kind: number) => `md5('${kind} ' || n)::uuid`;
  const each = (at: string) => `timestamptz '2026-02-01' + ${at}`;
  const of = ({ application, staff_member, person }: typeof BUSY) => [
    `SELECT ${idOf(0)}, ${each("n * interval '1 minute'")}, 'application'::actor_kind, '${application}'::uuid,
      '${person}'::uuid, 'token.revoked', 'person', '${person}'::uuid`,
    `SELECT ${idOf(1)}, ${each("n * interval '1 minute'")}, 'staff'::actor_kind, '${staff_member}'::uuid,
      NULL::uuid, 'staff.signed_in', 'staff_member', '${staff_member}'::uuid`,
    `SELECT ${idOf(2)}, ${each("n * interval '2 minutes'")}, 'application'::actor_kind, md5((n % 50)::text)::uuid,
      md5((n % 900)::text)::uuid, 'room.created', 'room', md5(n::text)::uuid`,
    // A thousand rooms are purged at once, each night.
    `SELECT ${idOf(3)}, ${each("(n / 1000) * interval '1 day'")}, 'system'::actor_kind, NULL::uuid,
      NULL::uuid, 'room.purged', 'room', md5(n::text)::uuid`,
  ];
  for (const select of of(BUSY)) {
    await store(`INSERT INTO audit_events (${columns}) ${select} FROM generate_series(1, ${EVENTS}) n`);
  }
  // What is looked for is older than all of that.
  for (const [kind, id] of Object.entries(BUSY)) {
    await store(`
      INSERT INTO audit_events (${columns})
      SELECT md5('${kind} looked for ' || n)::uuid, timestamptz '2026-01-01' + n * interval '1 hour', 'staff', '${BUSY.staff_member}', NULL,
        'application.updated', '${kind}', '${id}'
      FROM generate_series(1, ${LOOKED_FOR}) n`);
  }
  await store("ANALYZE audit_events");
});

/** The reads of a page; names are looked up for what is on it. */
async function pagesOf(filter: AuditFilter & { before?: string; after?: string }): Promise<string[]> {
  const plans = await plansOf(() => listAuditEvents(filter), "audit_events");
  return plans.filter((plan) => plan.startsWith("Limit"));
}

const FILTERS = Object.entries(BUSY).flatMap(([party, id]) =>
  (["staff", "sign_in", "application", "all"] as const).map((kind): [string, string, AuditFilter] => [
    kind,
    party,
    { kind, involving: `${party}:${id}` },
  ]),
);

describe(`a page of what involves somebody in a log with ${4 * EVENTS} events`, () => {
  it.each(FILTERS)("reads hardly more than it shows, whatever else there is: %s, %s", async (_kind, _party, filter) => {
    for (const plan of await pagesOf(filter)) {
      expect(plan).not.toContain("Seq Scan");
      expect(plan).not.toContain("Sort");
      expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(100);
    }
  });

  it.each(FILTERS)("of one week is read by the same indexes: %s, %s", async (_kind, _party, filter) => {
    for (const plan of await pagesOf({ ...filter, from: "2026-01-01", to: "2026-01-07" })) {
      expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(100);
    }
  });

  it.each(FILTERS)(
    "deep inside, forwards and back, reads no more than the first: %s, %s",
    async (_kind, _party, filter) => {
      for (let place: { before?: string; after?: string } = {}, pages = 0; pages < 4; pages += 1) {
        const { olderThan, newerThan } = await listAuditEvents({ ...filter, ...place });
        for (const plan of await pagesOf({ ...filter, ...place }))
          expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(100);
        if (newerThan !== null) {
          for (const plan of await pagesOf({ ...filter, after: newerThan })) {
            expect(rowsReadIn(plan), plan).toBeLessThanOrEqual(150);
          }
        }
        if (olderThan === null) return;
        place = { before: olderThan };
      }
    },
  );

  it("uses the indexes that are there for it", async () => {
    const pages: string[] = [];
    for (const [, , filter] of FILTERS) pages.push(...(await pagesOf(filter)));
    const plans = pages.join("\n");
    for (const index of ["actor_id_kind_at_id", "target_id_kind_at_id", "actor_id_at_id", "on_behalf_of_id_at_id"]) {
      expect(plans).toContain(`audit_events_${index}_idx`);
    }
  });
});
