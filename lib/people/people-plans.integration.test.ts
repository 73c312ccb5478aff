import { expect, it } from "vitest";
import { useQueryPlans } from "@/lib/testing/database/query-plans";
import { listPeople } from "./list-people";
import { personList } from "./person.schema";

const { plansOf } = useQueryPlans(async (store) => {
  await store(`
    INSERT INTO people (id, email, display_name, updated_at)
    SELECT gen_random_uuid(), 'p-' || md5(n::text) || '@example.org', 'Person ' || md5('name' || n), now()
    FROM generate_series(1, 20000) n`);
  await store("VACUUM ANALYZE people");
});

it("a long list of people is searched by the index of addresses and names", async () => {
  const plans = await plansOf(() => listPeople({ ...personList.defaults, q: "BEEF1" }), "BEEF1");
  expect(plans).toHaveLength(1);
  for (const plan of plans) {
    expect(plan).toContain("people_search_idx");
    expect(plan).not.toContain("Seq Scan");
  }
});
