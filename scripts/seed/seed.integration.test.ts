import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { SCOPES } from "@/lib/applications/scopes";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { checkAccess } from "@/lib/machine/check-access/check-access";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { DAY_MS } from "@/lib/time";
import { seedApplications } from "./seed-applications";
import { seedAudit } from "./seed-audit";
import { seedCalls } from "./seed-calls";
import { seedManyApplications } from "./seed-many-applications";
import { mayActFor, seedPeople, seedRooms } from "./seed-people-and-rooms";
import { createSeedRandom } from "./seed-random";
import { seedStaff } from "./seed-staff";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

const NOW = new Date();

/** Stores a world, as the command does. */
async function seedWorld() {
  const seed = { database: database(), random: createSeedRandom(1), now: NOW };
  const { staff, password } = await seedStaff(seed);
  const { applications, credentials } = await seedApplications(seed, staff);
  const people = await seedPeople(seed, applications);
  const rooms = await seedRooms(seed, applications, people);
  await seedCalls(seed, { applications, people, rooms });
  await seedAudit(seed, { staff, applications, people, rooms });
  return { password, applications, credentials, people, rooms };
}

let world: Awaited<ReturnType<typeof seedWorld>>;
beforeAll(async () => {
  world = await seedWorld();
});

describe("the calls of the seeded world", () => {
  it("are what the counts behind the charts count, hour by hour", async () => {
    const counted = await database().$queryRaw<object[]>`
      SELECT "hour", "application_id", "kind", "outcome", SUM("count")::int AS count, MAX("last_at") AS last
      FROM "usage_hourly" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
    expect(counted.length).toBeGreaterThan(1_000);
    expect(
      await database().$queryRaw`
        SELECT date_trunc('hour', "at", 'UTC') AS "hour", "application_id", "kind", COALESCE("reason", 'ok') AS "outcome",
          COUNT(*)::int AS count, MAX("at") AS last
        FROM "activity" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ).toEqual(counted);
  });

  it("end with the last use of each application and each secret, and begin after they were made", async () => {
    const since = new Date(NOW.getTime() - 29 * DAY_MS);
    const wrong = await database().$queryRaw`
      SELECT a."name", a."created_at", a."last_used_at", MIN(e."at") AS first, MAX(e."at") AS last
      FROM "applications" a LEFT JOIN "activity" e ON e."application_id" = a."id"
      WHERE a."last_used_at" > ${since} OR e."at" IS NOT NULL
      GROUP BY a."id" HAVING a."last_used_at" IS DISTINCT FROM MAX(e."at") OR a."created_at" > MIN(e."at")`;
    expect(wrong).toEqual([]);
    const wrongSecrets = await database().$queryRaw`
      SELECT s."hint", s."last_used_at", MAX(e."at") AS last
      FROM "application_secrets" s LEFT JOIN "activity" e ON e."credential_id" = s."id"
      WHERE s."last_used_at" > ${since} OR e."at" IS NOT NULL
      GROUP BY s."id"
      HAVING s."last_used_at" IS DISTINCT FROM MAX(e."at") OR s."created_at" > MIN(e."at") OR s."revoked_at" < MAX(e."at")`;
    expect(wrongSecrets).toEqual([]);
  });

  it("were refused what the rules refuse, with their status, and answered what they let pass", async () => {
    const rows = await database().$queryRaw<
      { applicationId: string; personId: string; reason: string | null; status: number }[]
    >`SELECT DISTINCT e."application_id" AS "applicationId", e."person_id" AS "personId", e."reason", e."status"
      FROM "activity" e JOIN "applications" a ON a."id" = e."application_id"
      WHERE a."is_active" AND e."kind" = 'tokens'`;
    expect(new Set(rows.map(({ reason }) => reason))).toEqual(
      new Set([null, "domain_not_allowed", "subject_inactive", "subject_not_listed", "scope_not_granted"]),
    );
    const answers = await Promise.all(
      rows.map(async ({ applicationId, personId, reason }) => {
        const { scopes = [], signsWithKey } = world.applications.find(({ id }) => id === applicationId) ?? {};
        const email = world.people.find(({ id }) => id === personId)?.email ?? "";
        const missing = SCOPES.filter((scope) => !scopes.includes(scope)).slice(0, 1);
        const grantType = "client_credentials" as const;
        const asked = reason === "scope_not_granted" ? missing : [];
        const answer = await checkAccess({ applicationId, email, scopes: asked, grantType });
        const failed = answer.rules.find(({ state }) => state === "failed");
        expect(signsWithKey === true || failed?.name !== "credential").toBe(true);
        return { applicationId, personId, reason: failed?.reason ?? null, status: answer.refusal?.status ?? 200 };
      }),
    );
    expect(answers).toEqual(rows);
  });

  it("asked for rooms only what their scopes allow, or were refused for it", async () => {
    const rows = await database().$queryRaw<{ id: string; method: string; status: number; reason: string | null }[]>`
      SELECT DISTINCT "application_id" AS id, "method", "status", "reason" FROM "activity" WHERE "kind" = 'rooms'`;
    for (const { id, method, status, reason } of rows) {
      const { scopes = [] } = world.applications.find((one) => one.id === id) ?? {};
      const isGranted = scopes.includes(method === "GET" ? "rooms:list" : "rooms:create");
      const answer = isGranted ? [method === "GET" ? 200 : 201, null] : [403, "scope_missing"];
      expect([status, reason]).toEqual(answer);
    }
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set([200, 201, 403]));
  });
});

it("the seeded world is one in which every filter of the list finds something, and no secret in plain text", async () => {
  const { applications, credentials, password, people, rooms } = world;
  const count = async (filters: object) =>
    (await listApplications({ ...applicationList.defaults, ...filters }, NOW)).rowCount;
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
    expect(owner && maker && mayActFor(maker, owner) && maker.scopes.includes("rooms:create")).toBe(true);
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
    await database().applicationSecret.count({ where: { replacedById: { not: null }, revokedAt: { gt: NOW } } }),
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
