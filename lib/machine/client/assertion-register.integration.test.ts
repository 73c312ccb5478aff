// Runs on both databases: a unique index that a race is decided by.
import { beforeAll, describe, expect, it } from "vitest";
import { deleteExpired } from "@/lib/db/retention/expired-rows";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { EXPIRED_ASSERTIONS, storeAssertionId } from "./assertion-register";

const test = useTestDatabase();
const NOW = new Date("2026-11-23T12:00:00.000Z");
let applicationId: string;

beforeAll(async () => {
  setConfig(testConfig());
  applicationId = (await createTestClient()).id;
});

function secondsFromNow(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe("the register of used assertions", () => {
  it("says yes once for each id of an application", async () => {
    const use = { applicationId, jti: "a", expiresAt: secondsFromNow(60) };
    const other = { ...use, applicationId: (await createTestClient()).id };
    const answers = [];
    for (const each of [use, use, { ...use, jti: "A" }, other]) answers.push(await storeAssertionId(each));
    expect(answers).toEqual([true, false, true, true]);
  });

  it("says no for an application that was deleted meanwhile", async () => {
    const gone = await createTestClient();
    await test.database.application.delete({ where: { id: gone.id } });
    expect(await storeAssertionId({ applicationId: gone.id, jti: "a", expiresAt: NOW })).toBe(false);
  });

  it("forgets what nobody accepts any more, a minute later for clocks that differ", async () => {
    const own = (await createTestClient()).id;
    const ends = { long: -3600, just: -61, soon: -59, live: 60 };
    for (const [jti, seconds] of Object.entries(ends)) {
      await storeAssertionId({ applicationId: own, jti, expiresAt: secondsFromNow(seconds) });
    }
    expect(await deleteExpired(EXPIRED_ASSERTIONS, NOW)).toBeGreaterThanOrEqual(2);
    const left = await test.database.assertionJti.findMany({ where: { applicationId: own }, orderBy: { jti: "asc" } });
    expect(left.map(({ jti }) => jti)).toEqual(["live", "soon"]);
  });
});
