import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import { PURGES, runPurges, startHousekeeping } from "./housekeeping";

useTestDatabase();
const NOW = new Date("2026-11-23T12:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

/** Tables whose rows stay, and why. docs/operations.md says so too. */
const PERMANENT: Readonly<Record<string, string>> = {
  staff_members: "one for each member, kept for what the audit log says of them",
  staff_identities: "one for each member and provider",
  staff_passkeys: "at most twenty of a member, who removes them",
  staff_authenticator_apps: "one for each member",
  staff_recovery_codes: "ten for each member; new ones take the place of the old",
  people: "one for each person somebody acts for, by whom rooms are owned",
  audit_chain_links: "append-only: a row for each hour",
  audit_events: "append-only; whoever runs the server moves old parts away",
  token_cutoff: "a single row",
  vestibule_migrations: "one for each migration",
};

/** What docs/operations.md says about it. */
const [, ABOUT = ""] = readFileSync("docs/operations.md", "utf8").split(
  "\n## What is deleted by itself, and what stays\n",
);
const SECTION = ABOUT.split("\n## ")[0] ?? "";

beforeAll(() => setConfig(testConfig()));
afterEach(() => void vi.useRealTimers());

it("knows of every table of the database, which job deletes its rows or why they stay", async () => {
  const rows = await database().$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`;
  const tables = rows.map(({ name }) => name).sort();
  const purged = Object.values(PURGES).flatMap((purge): readonly string[] => purge.tables);
  expect([...purged, ...Object.keys(PERMANENT)].sort()).toEqual(tables);
});

it("deletes what docs/operations.md says, from the tables and after the time that stand there", () => {
  const rows = Array.from(SECTION.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \|$/gm), ([, job, tables, when]) => [
    job,
    tables,
    when,
  ]);
  expect(rows.map(([job, tables]) => [job, tables])).toEqual(
    Object.entries(PURGES).map(([job, { tables }]) => [job, tables.map((table) => `\`${table}\``).join(", ")]),
  );
  const byTime = Object.entries(PURGES).flatMap(([job, purge]) =>
    "expired" in purge ? [[job, purge.expired] as const] : [],
  );
  expect(byTime.length).toBeGreaterThan(8);
  for (const [job, expired] of byTime) {
    const columns = [...new Set(expired.map(({ column }) => `\`${column}\``))].join(", ");
    const [keptMs, ...others] = new Set(expired.map((kind) => kind.keptMs));
    expect([job, others]).toEqual([job, []]);
    const said = rows.find(([name]) => name === job)?.[2];
    expect([job, said?.split(", ").slice(0, expired.length).join(", ")]).toEqual([
      job,
      `${inWords(keptMs ?? -1)} ${columns}`,
    ]);
  }
  for (const table of Object.keys(PERMANENT)) expect(SECTION).toContain(`\`${table}\``);
});

function inWords(keptMs: number): string {
  if (keptMs === 0) return "at";
  const [unit, length] = keptMs >= DAY_MS ? ["day", DAY_MS] : ["minute", MINUTE_MS];
  return `${keptMs / length} ${unit}${keptMs === length ? "" : "s"} after`;
}

const hash = () => randomUUID().padEnd(64, "0");

/** Fills every table that has a purge with a row that is over `days` ago. */
async function leaveRows(days: number): Promise<void> {
  const at = daysAgo(days);
  const client = await createTestClient({ domains: ["example.com"], denied: ["a@example.com"] });
  const person = await createTestPerson();
  const { id: staffMemberId } = await createStaffMember();
  const room = await createTestRoom(person.id, { deletedAt: at });
  await database().roomAttendee.create({ data: { roomId: room.id, email: "guest@example.com" } });
  const session = await database().staffSession.create({
    data: { staffMemberId, sessionVersion: 0, expiresAt: at },
    select: { id: true },
  });
  await database().passkeyChallenge.create({
    data: { challengeHash: hash(), purpose: "confirmation", staffSessionId: session.id, expiresAt: at },
  });
  await database().pendingSignIn.create({
    data: { tokenHash: hash(), staffMemberId, sessionVersion: 0, expiresAt: at },
  });
  const link = { staffMemberId, kind: "password_reset" as const, tokenHash: randomUUID().padEnd(64, "0") };
  await database().staffLink.create({ data: { ...link, expiresAt: at, usedAt: at }, select: { id: true } });
  await database().organisationSignIn.create({ data: { stateHash: randomUUID().padEnd(64, "0"), expiresAt: at } });
  const its = { applicationId: client.id };
  const tokenHash = randomUUID().padEnd(64, "0");
  await database().pickUpLink.create({ data: { ...its, tokenHash, expiresAt: at }, select: { id: true } });
  const key = { kid: "k", publicJwk: { kty: "RSA" }, thumbprint: randomUUID() };
  await database().applicationKey.create({ data: { ...its, ...key }, select: { id: true } });
  await database().assertionJti.create({ data: { ...its, jti: randomUUID(), expiresAt: at } });
  await database().revokedToken.create({ data: { ...its, jti: randomUUID(), expiresAt: at } });
  await database().idempotencyKey.create({
    data: {
      ...its,
      personId: person.id,
      method: "POST",
      path: "/",
      key: "k",
      requestDigest: "d",
      responseStatus: 201,
      responseBody: "",
      expiresAt: at,
    },
    select: { id: true },
  });
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const call = { ...its, kind: "rooms", outcome: "ok", count: 1 };
  await database().usageHourly.create({
    data: { ...call, hour, credentialId: client.secretId, personId: person.id, lastAt: at },
    select: { hour: true },
  });
  await database().usageDaily.create({ data: { ...call, day: hour }, select: { day: true } });
  await database().$executeRaw`
    INSERT INTO "activity" ("at", "request_id", "kind", "method", "path", "status", "is_proven", "ip", "duration_us")
    VALUES (${at}, ${randomUUID()}, 'tokens', 'POST', '/api/oauth/token', 200, true, '192.0.2.7', 900)`;
  await database().application.update({
    where: { id: client.id },
    data: { isActive: false, deletedAt: at },
    select: { id: true },
  });
}

async function countRows(): Promise<Record<string, number>> {
  const tables = Object.values(PURGES).flatMap((purge): readonly string[] => purge.tables);
  const counts = tables.map(async (table) => {
    const [row] = await database().$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${table}"`,
    );
    return [table, row?.count ?? -1] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe("a round of purges", () => {
  it.each(Object.entries(PURGES))(
    "by the name of %s deletes the rows of its tables that are long over",
    async (job, purge) => {
      await leaveRows(500);
      const before = await countRows();
      for (const table of purge.tables) expect(before[table], table).toBeGreaterThan(0);
      // A dry run says it before, changes nothing, and has nothing more to say afterwards.
      const due = await purge.due(NOW, testConfig());
      expect(await countRows()).toEqual(before);
      for (const { table, rows, oldest } of due) {
        expect([table, rows]).toEqual([table, before[table]]);
        expect(oldest?.getTime(), table).toBeLessThanOrEqual(daysAgo(499).getTime());
      }
      await runPurges({ [job]: purge }, { config: testConfig(), now: () => NOW });
      const after = await countRows();
      for (const table of purge.tables) expect(after[table], table).toBe(0);
      for (const { table, ...left } of await purge.due(NOW, testConfig()))
        expect([table, left]).toEqual([table, { rows: 0, oldest: undefined }]);
    },
  );

  // The embedded database has one process, and one session, to which a lock of its own is none.
  it.runIf(hasSeveralConnections)("may run in several processes at once: none fails, and nothing is left", async () => {
    const log = captureLog();
    for (let time = 0; time < 5; time += 1) await leaveRows(500);
    const round = () => runPurges(PURGES, { config: testConfig(), now: () => NOW });
    await Promise.all([round(), round(), round(), round()]).finally(() => log.stop());
    // One that would have to wait for long for a lock of another gives up, and comes again a minute later.
    const failed = log.lines.filter((line) => !line.includes('"55P03"'));
    expect(failed).toEqual([]);
    if (log.lines.length > 0) await round();
    expect(new Set(Object.values(await countRows()))).toEqual(new Set([0]));
  });

  it("leaves what is not over, or not for long", async () => {
    const { deleted_applications: _, ...others } = PURGES;
    await runPurges(PURGES, { config: testConfig(), now: () => NOW });
    await leaveRows(-1);
    const before = await countRows();
    for (const { due } of Object.values(others))
      for (const { table, rows } of await due(NOW, testConfig())) expect([table, rows]).toEqual([table, 0]);
    await runPurges(others, { config: testConfig(), now: () => NOW });
    expect(await countRows()).toEqual(before);
  });

  it("goes on with the others when one fails, and says which", async () => {
    const log = captureLog();
    const ran: string[] = [];
    const ok = { run: async () => ran.push("ok") - 1 };
    const broken = { run: () => Promise.reject(new Error("no")) };
    const done = await runPurges({ broken, ok }, { config: testConfig(), now: () => NOW }).finally(() => log.stop());
    expect(ran).toEqual(["ok"]);
    expect([...done]).toEqual([
      ["broken", undefined],
      ["ok", 0],
    ]);
    expect(log.lines.map((line) => JSON.parse(line))).toMatchObject([{ event: "purge_failed", job: "broken" }]);
  });
});

describe("housekeeping", () => {
  it("goes on every minute, one round at a time, and waits for the last one when it is closed", async () => {
    vi.useFakeTimers();
    const ends: (() => void)[] = [];
    const slow = { run: () => new Promise<number>((resolve) => ends.push(() => resolve(0))) };
    const { close } = startHousekeeping(testConfig(), { now: () => NOW, purges: { slow } });
    expect(ends).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(3 * MINUTE_MS);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(ends).toHaveLength(2);
    let isClosed = false;
    const closing = close().then(() => {
      isClosed = true;
    });
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    expect([isClosed, ends.length]).toEqual([false, 2]);
    ends[1]?.();
    await closing;
  });
});
