import { beforeAll, describe, expect, it } from "vitest";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { filterConditions, idsQuery, searchParts } from "./application-query";
import { listApplications } from "./list-applications";

const test = useTestDatabase();

const now = new Date(Date.UTC(2026, 5, 1));
const params = (values: Partial<ListApplicationsParams> = {}) => ({ ...applicationList.defaults, ...values });
const everything = filterConditions(params(), now);

beforeAll(async () => {
  await test.fill(`
    INSERT INTO applications (id, name, client_id, created_at, updated_at, last_used_at)
    SELECT gen_random_uuid(), 'Application ' || md5(n::text), md5('client' || n), '2026-01-01'::timestamptz + n * interval '1 minute', now(),
      CASE WHEN n % 3 = 0 THEN NULL ELSE '2026-02-01'::timestamptz + n % 1000 * interval '1 hour' END
    FROM generate_series(1, 12000) AS n`);
  await test.fill(`
    INSERT INTO application_domains (id, application_id, domain)
    SELECT gen_random_uuid(), id, 'd' || left(client_id, 6) || '.example.org' FROM applications`);
  await test.fill("ANALYZE applications, application_domains");
});

async function planOf(query: Prisma.Sql): Promise<string> {
  const lines = await database().$queryRaw<Record<"QUERY PLAN", string>[]>(Prisma.sql`EXPLAIN ${query}`);
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}

describe("a long list", () => {
  it.each([
    ["created", "applications_created_at_id_idx"],
    ["name", "applications_name_order_idx"],
    ["lastUsed", "applications_last_used_order_idx"],
  ] as const)("is read from the index of its order, by %s, and never sorted", async (sort, index) => {
    for (const dir of ["asc", "desc"] as const) {
      const plan = await planOf(idsQuery(everything, { sort, dir }, { take: 25, skip: 50 }));
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Sort|Seq Scan/);
    }
  });

  it("goes on after a row without reading those before it", async () => {
    const after = { key: "2026-01-02 00:00:00+00", id: "00000000-0000-0000-0000-000000000000" };
    const plan = await planOf(idsQuery(everything, params(), { take: 500, after }));
    expect(plan).toMatch(/Index Cond: \(ROW\(created_at, id\) </);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  it("is searched by the indexes of names and of domains", async () => {
    const parts = searchParts({ operator: "ILIKE", pattern: "%beef12%" }, everything).map(({ ids }) => ids);
    const plan = await planOf(Prisma.join(parts, " UNION "));
    expect(plan).toContain("applications_search_idx");
    expect(plan).toContain("application_domains_search_idx");
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it("is counted as far as the list says a number, and its last page is the last that is counted", async () => {
    const { rows, ...result } = await listApplications(params({ page: 9_999 }), now);
    expect(result).toEqual({
      rowCount: 10_000,
      hasMoreRows: true,
      isNewestFirst: false,
      isSearchable: true,
      page: 400,
      pageCount: 400,
    });
    expect(rows).toHaveLength(25);
  });
});
