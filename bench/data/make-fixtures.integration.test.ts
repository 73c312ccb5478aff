import { afterAll, beforeAll, expect, it } from "vitest";
import { SYSTEM } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { ensureFirstAdministrator } from "@/lib/staff/ensure-first-administrator";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { testConfig } from "@/lib/testing/test-config";
import { makeFixtures } from "./make-fixtures";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

it("makes an application for each connection, people, and readers with a page of rooms each", async () => {
  await ensureFirstAdministrator({ actor: SYSTEM, now: () => new Date(), config: config() });
  const { applications, people, readers } = await makeFixtures();
  expect([applications.length, people.length, readers.length]).toEqual([16, 128, 8]);
  const stored = await database().application.findMany({
    where: { clientId: { in: applications.map(({ clientId }) => clientId) }, isActive: true, domains: { none: {} } },
    select: { secrets: { select: { id: true } } },
  });
  expect(stored.map(({ secrets }) => secrets.length)).toEqual(applications.map(() => 1));
  for (const email of readers) {
    expect(await database().room.count({ where: { accesses: { some: { person: { email } } } } })).toBe(20);
  }
  const forOthers = { accesses: { some: { person: { email: { in: people } } } } };
  expect(await database().room.count({ where: forOthers })).toBe(0);
});
