import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { roomList } from "./staff-room.schema";
import { filterConditions, pageQuery, searchParts } from "./staff-room-query";

const test = useTestDatabase();

const now = new Date(Date.UTC(2026, 5, 1));
const everything = filterConditions(roomList.defaults, now);

beforeAll(async () => {
  await test.fill(`
    INSERT INTO applications (id, name, client_id, updated_at)
    SELECT md5('a' || n)::uuid, 'Application ' || md5(n::text), md5('client' || n), now() FROM generate_series(1, 2000) n`);
  await test.fill(`
    INSERT INTO people (id, email, updated_at)
    SELECT md5('p' || n)::uuid, 'p-' || md5(n::text) || '@example.org', now() FROM generate_series(1, 8000) n`);
  await test.fill(`
    INSERT INTO rooms (id, slug, name, access_level, external_id, created_by_application_id, created_at, updated_at)
    SELECT md5('r' || n)::uuid, 'slug-' || n, 'Room ' || md5(n::text), 'trusted', md5('x' || n), md5('a' || n % 2000 + 1)::uuid,
      '2026-01-01'::timestamptz + n * interval '1 minute', now()
    FROM generate_series(1, 20000) n`);
  await test.fill(`
    INSERT INTO room_accesses (id, room_id, person_id, role)
    SELECT gen_random_uuid(), md5('r' || n)::uuid, md5('p' || n % 8000 + 1)::uuid, 'owner' FROM generate_series(1, 20000) n`);
  await test.fill("VACUUM ANALYZE applications, people, rooms, room_accesses");
});

async function planOf(query: Prisma.Sql): Promise<string> {
  const lines = await database().$queryRaw<Record<"QUERY PLAN", string>[]>(Prisma.sql`EXPLAIN ${query}`);
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}

describe("a long list of rooms", () => {
  it("is searched by the indexes of rooms, of owners and of applications", async () => {
    const parts = searchParts({ operator: "ILIKE", pattern: "%beef12%" }, everything).map(({ ids }) => ids);
    const plan = await planOf(Prisma.join(parts, " UNION "));
    for (const index of ["rooms_search_idx", "people_search_idx", "applications_search_idx"]) {
      expect(plan).toContain(index);
    }
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it.each([
    ["created", "rooms_created_at_id_idx"],
    ["name", "rooms_name_id_idx"],
  ] as const)("is read from the index of its order, by %s", async (sort, index) => {
    for (const dir of ["asc", "desc"] as const) {
      const plan = await planOf(pageQuery(everything, { sort, dir }, { take: 25, skip: 50, ownersShown: 2 }));
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });
});
