import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { COUNTED_MAX } from "@/lib/list/counted";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { previewDomains } from "./preview-domains";

useTestDatabase();

const exactly = (count: number) => ({ count, hasMore: false });
/** People of a domain: as many, and beside them one who is switched off and one who is opted out. */
async function people(domain: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await createTestPerson({ email: `p${index}@${domain}` });
  await createTestPerson({ email: `off@${domain}`, isActive: false });
  await createTestPerson({ email: `out@${domain}`, isDelegationAllowed: false });
}

beforeAll(async () => {
  setConfig(testConfig());
  await people("lyon.example", 3);
  await people("nantes.example", 2);
  await people("sub.lyon.example", 4);
});

describe("what another list of domains would do", () => {
  it.each([
    [["nantes.example"], ["nantes.example", "lyon.example"], 3, 0],
    [["nantes.example"], ["lyon.example"], 3, 2],
    [["nantes.example", "lyon.example"], ["nantes.example"], 0, 3],
    [["nantes.example"], ["nantes.example"], 0, 0],
    [["nantes.example"], ["nantes.example", "nobody.example"], 0, 0],
    [["nantes.example"], [], 7, 0],
    [[], ["lyon.example"], 0, 6],
    [[], [], 0, 0],
  ])("from %j to %j adds %i and removes %i", async (before, after, added, removed) => {
    const { id } = await createTestClient({ domains: before });
    expect(await previewDomains({ applicationId: id, domains: after })).toEqual({
      added: exactly(added),
      removed: exactly(removed),
    });
    const left = await database().applicationDomain.findMany({ where: { applicationId: id } });
    expect(left.map(({ domain }) => domain).sort()).toEqual([...before].sort());
  });

  it("counts nobody whom the other lists keep out", async () => {
    const denying = await createTestClient({ domains: ["nantes.example"], denied: ["p0@lyon.example"] });
    const after = ["nantes.example", "lyon.example"];
    expect(await previewDomains({ applicationId: denying.id, domains: after })).toMatchObject({ added: exactly(2) });
    const allowing = await createTestClient({
      domains: ["nantes.example"],
      allowed: ["p1@lyon.example", "x@y.example"],
    });
    expect(await previewDomains({ applicationId: allowing.id, domains: after })).toMatchObject({ added: exactly(1) });
  });

  it("stops counting, and says so", async () => {
    const data = Array.from({ length: COUNTED_MAX + 5 }, (_, index) => ({ email: `m${index}@many.example` }));
    await database().person.createMany({ data });
    const { id } = await createTestClient({ domains: ["nantes.example"] });
    const more = { count: COUNTED_MAX, hasMore: true };
    const after = ["nantes.example", "many.example"];
    expect(await previewDomains({ applicationId: id, domains: after })).toMatchObject({ added: more });
    await database().person.deleteMany({ where: { email: { endsWith: "@many.example" } } });
  });
});
