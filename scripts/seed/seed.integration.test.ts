import { afterAll, beforeAll, expect, it } from "vitest";
import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { seedActivity } from "./seed-activity";
import { seedApplications } from "./seed-applications";
import { seedAudit } from "./seed-audit";
import { seedManyApplications } from "./seed-many-applications";
import { admits, seedPeople, seedRooms } from "./seed-people-and-rooms";
import { createSeedRandom } from "./seed-random";
import { seedStaff } from "./seed-staff";
import { seedUsage } from "./seed-usage";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

it("stores a world in which every filter of the list finds something, and no secret in plain text", async () => {
  const now = new Date();
  const seed = { database: database(), random: createSeedRandom(1), now };
  const { staff, password } = await seedStaff(seed);
  const { applications, credentials } = await seedApplications(seed, staff);
  const people = await seedPeople(seed, applications);
  const rooms = await seedRooms(seed, applications, people);
  await seedUsage(seed, applications, people);
  await seedActivity(seed, applications, rooms);
  await seedAudit(seed, { staff, applications, people, rooms });

  const count = async (filters: object) =>
    (await listApplications({ ...applicationList.defaults, ...filters }, now)).rowCount;
  expect(await count({})).toBe(40);
  for (const filters of [
    { status: "inactive" },
    { scope: "none" },
    { anyDomain: true },
    { expiring: true },
    { unused: true },
  ]) {
    expect(await count(filters), JSON.stringify(filters)).toBeGreaterThan(0);
  }
  expect(await database().usageHourly.count()).toBeGreaterThan(500);
  expect(await database().auditEvent.count()).toBeGreaterThan(200);
  const [activity] = await database().$queryRaw<{ tokens: number; refused: number }[]>`
    SELECT COUNT("jti")::int AS tokens, COUNT("reason")::int AS refused FROM "activity"`;
  expect(activity?.tokens).toBeGreaterThan(20);
  expect(activity?.refused).toBeGreaterThan(20);

  for (const { personId, applicationId, createdAt } of rooms) {
    const owner = people.find(({ id }) => id === personId);
    const maker = applications.find(({ id }) => id === applicationId);
    expect(owner && maker && admits(maker, owner)).toBe(true);
    expect(createdAt.getTime()).toBeGreaterThan(
      Math.max(owner?.createdAt.getTime() ?? 0, maker?.createdAt.getTime() ?? 0),
    );
  }
  expect(
    await database().applicationPersonRule.groupBy({ by: ["effect"], _count: true, orderBy: { effect: "asc" } }),
  ).toEqual([
    { effect: "allow", _count: 5 },
    { effect: "deny", _count: 2 },
  ]);
  expect(await database().roomAttendee.count()).toBeGreaterThan(20);
  expect(
    await database().applicationSecret.count({ where: { replacedById: { not: null }, revokedAt: { gt: now } } }),
  ).toBe(1);

  const stored = await dumpDatabase();
  expect(stored).not.toContain(password);
  expect(stored).not.toContain(credentials.clientSecret);

  await seedManyApplications(database(), 100);
  expect(await count({})).toBe(140);
});

it("is the same chance for the same number, and another one for another", () => {
  const draw = (seed: number) => {
    const random = createSeedRandom(seed);
    return [random.uuid(), random.whole(1, 1_000_000), random.pick(["a", "b", "c"])];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});
