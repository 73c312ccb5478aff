import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { extendAuditChain } from "./extend-audit-chain";
import { findAuditChainHead } from "./find-audit-chain-head";
import { hashHead, NO_HEAD } from "./hash-hour";
import { verifyAuditChain } from "./verify-audit-chain";

useTestDatabase();

const BEGIN = new Date("2026-11-30T08:00:00.000Z");
const at = (hours: number, milliseconds = 0) => new Date(BEGIN.getTime() + hours * HOUR_MS + milliseconds);
const SETTLED = 5 * MINUTE_MS;

async function addEvent(moment: Date, action = "application.updated"): Promise<string> {
  const { id } = await database().auditEvent.create({
    data: {
      at: moment,
      actorKind: "staff",
      action,
      targetKind: "application",
      changes: { name: { before: "a", after: "b" } },
    },
    select: { id: true },
  });
  return id;
}

/** Does what the triggers refuse, as somebody does who owns the tables. */
async function asOwner(...statements: string[]): Promise<void> {
  await database().$transaction(async (tx) => {
    for (const table of ["audit_events", "audit_chain_links"])
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
    for (const table of ["audit_events", "audit_chain_links"])
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
}

const links = () => database().auditChainLink.findMany({ orderBy: { hour: "asc" } });
const faultOf = async (options?: { knownHead: string }) => (await verifyAuditChain(options)).fault;

/** Five events in three hours, with an hour of none in between, chained. */
async function startLog(): Promise<void> {
  await asOwner("DELETE FROM audit_events", "DELETE FROM audit_chain_links");
  for (const moment of [at(0), at(0, 1), at(1, HOUR_MS - 1), at(3, 5), at(3, 6)]) await addEvent(moment);
  await extendAuditChain(at(4, SETTLED));
}

beforeEach(startLog);

describe("the chain of the audit log", () => {
  it("has a link for each hour with events, each over the one before", async () => {
    const [first, second, third, ...more] = await links();
    expect(more).toEqual([]);
    expect([first, second, third].map((link) => [link?.hour, link?.eventCount])).toEqual([
      [at(0), 2],
      [at(1), 1],
      [at(3), 2],
    ]);
    let head = NO_HEAD;
    for (const link of [first, second, third]) {
      if (link === undefined) throw new Error("There are three links.");
      head = hashHead(head, link.hour, link);
      expect(link.head).toBe(head);
    }
    expect(await findAuditChainHead()).toEqual({ until: at(4), head });
    expect(await verifyAuditChain({ knownHead: first?.head ?? "" })).toEqual({
      hours: 3,
      events: 5,
      keptSince: at(0),
      head: { hour: at(3), head },
      fault: undefined,
    });
  });

  it("says the same of the same events, and another of any other", async () => {
    const [first] = await links();
    expect(first?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set((await links()).map(({ digest }) => digest)).size).toBe(3);
  });

  it("leaves an hour alone until five minutes after its end", async () => {
    await addEvent(at(4));
    expect(await extendAuditChain(at(5, SETTLED - 1))).toBe(0);
    expect(await extendAuditChain(at(5, SETTLED))).toBe(1);
    expect(await extendAuditChain(at(9))).toBe(0);
  });

  it("goes on where it stopped, fifty links at a time", async () => {
    for (let hour = 10; hour < 65; hour += 1) await addEvent(at(hour));
    expect([await extendAuditChain(at(99)), await extendAuditChain(at(99)), await extendAuditChain(at(99))]).toEqual([
      50, 5, 0,
    ]);
    expect(await faultOf()).toBeUndefined();
  });

  it("hashes an hour of more events than one read takes as one", async () => {
    await database().$executeRaw`
      INSERT INTO audit_events (id, at, actor_kind, action, target_kind)
      SELECT md5(n::text)::uuid, ${at(6)}::timestamptz + (n / 3) * interval '1 millisecond', 'system', 'room.purged', 'room'
      FROM generate_series(1, 10001) n`;
    expect(await extendAuditChain(at(8))).toBe(1);
    const [whole] = await database().$queryRaw<{ digest: string }[]>`
      SELECT encode(sha256(convert_to(string_agg(encode(sha256(convert_to(jsonb_build_array(
          id, (extract(epoch FROM at) * 1000)::bigint, actor_kind, actor_id, on_behalf_of_id, action, target_kind, target_id,
          ip, request_id, changes)::text, 'UTF8')), 'hex'), E'\n' ORDER BY at, id), 'UTF8')), 'hex') AS digest
      FROM audit_events WHERE at >= ${at(6)}`;
    expect((await links()).at(-1)).toMatchObject({ hour: at(6), eventCount: 10_001, digest: whole?.digest });
    expect(await faultOf()).toBeUndefined();
  });

  it.runIf(hasSeveralConnections)("is one chain when several processes make it at once", async () => {
    for (let hour = 10; hour < 20; hour += 1) await addEvent(at(hour));
    const made = await Promise.all(Array.from({ length: 4 }, () => extendAuditChain(at(99))));
    const rest = await extendAuditChain(at(99));
    expect(made.reduce((sum, each) => sum + each, rest)).toBe(10);
    expect(await faultOf()).toBeUndefined();
  });

  it.each([
    "UPDATE audit_chain_links SET event_count = 1",
    "DELETE FROM audit_chain_links",
    "TRUNCATE audit_chain_links",
  ])("takes no change from whoever connects as the product does: %s", async (statement) => {
    await expect(database().$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  });

  it("is empty where nothing has happened", async () => {
    await asOwner("DELETE FROM audit_events", "DELETE FROM audit_chain_links");
    expect([await extendAuditChain(at(99)), await findAuditChainHead()]).toEqual([0, undefined]);
    expect(await verifyAuditChain()).toEqual({
      hours: 0,
      events: 0,
      keptSince: undefined,
      head: undefined,
      fault: undefined,
    });
  });
});

describe("the first hour that does not fit is named", () => {
  const EVENT_OF_HOUR_1 = `at = '${at(1, HOUR_MS - 1).toISOString()}'`;

  it.each([
    "action = 'application.deleted'",
    `actor_id = '0193575a-0000-7000-8000-00000000dead'`,
    `target_id = '0193575a-0000-7000-8000-00000000dead'`,
    "target_kind = 'room'",
    "ip = '192.0.2.1'",
    "request_id = 'another'",
    "on_behalf_of_id = '0193575a-0000-7000-8000-00000000dead'",
    "actor_kind = 'system'",
    `changes = '{"name": {"before": "a", "after": "c"}}'`,
    "changes = '{}'",
    "at = at - interval '1 millisecond'",
    "id = '0193575a-0000-7000-8000-00000000dead'",
  ])("when an event was changed: SET %s", async (change) => {
    await asOwner(`UPDATE audit_events SET ${change} WHERE ${EVENT_OF_HOUR_1}`);
    expect(await faultOf()).toEqual({ hour: at(1), kind: "events_changed" });
  });

  it("when an event was removed", async () => {
    await asOwner(`DELETE FROM audit_events WHERE at = '${at(3, 6).toISOString()}'`);
    expect(await verifyAuditChain()).toMatchObject({
      hours: 2,
      head: { hour: at(1) },
      fault: { hour: at(3), kind: "events_missing" },
    });
  });

  it("when all events of an hour were removed, those before it being there", async () => {
    await asOwner(`DELETE FROM audit_events WHERE ${EVENT_OF_HOUR_1}`);
    expect(await faultOf()).toEqual({ hour: at(1), kind: "events_missing" });
  });

  it.each([
    ["an hour that has a link", at(1, 7), at(1)],
    ["an hour that had no events", at(2, 7), at(2)],
    ["an hour before the first", at(-5, 7), at(-5)],
  ])("when an event was added to %s", async (_where, moment, hour) => {
    await addEvent(moment);
    expect(await faultOf()).toEqual({ hour, kind: "events_added" });
  });

  it("when an event was replaced and its link with it", async () => {
    await asOwner(
      `UPDATE audit_events SET action = 'x' WHERE ${EVENT_OF_HOUR_1}`,
      `UPDATE audit_chain_links SET digest = repeat('a', 64) WHERE hour = '${at(1).toISOString()}'`,
    );
    expect(await faultOf()).toEqual({ hour: at(1), kind: "link_changed" });
  });

  it("when a link was removed", async () => {
    await asOwner(
      `DELETE FROM audit_events WHERE ${EVENT_OF_HOUR_1}`,
      `DELETE FROM audit_chain_links WHERE hour = '${at(1).toISOString()}'`,
    );
    expect(await faultOf()).toEqual({ hour: at(3), kind: "link_changed" });
  });
});

describe("a head that was kept elsewhere", () => {
  it("shows that the whole chain was made anew", async () => {
    const knownHead = (await findAuditChainHead())?.head ?? "";
    await asOwner(
      `UPDATE audit_events SET action = 'x' WHERE at = '${at(0).toISOString()}'`,
      "DELETE FROM audit_chain_links",
    );
    await extendAuditChain(at(4, SETTLED));
    expect(await faultOf()).toBeUndefined();
    expect(await faultOf({ knownHead })).toEqual({ hour: undefined, kind: "head_unknown" });
  });

  it("still fits when the log has gone on", async () => {
    const knownHead = (await findAuditChainHead())?.head ?? "";
    await addEvent(at(6));
    await extendAuditChain(at(8));
    expect(await faultOf({ knownHead })).toBeUndefined();
  });

  it("shows that the newest links were cut off, with their events", async () => {
    const knownHead = (await findAuditChainHead())?.head ?? "";
    await asOwner(
      `DELETE FROM audit_events WHERE at >= '${at(3).toISOString()}'`,
      `DELETE FROM audit_chain_links WHERE hour >= '${at(3).toISOString()}'`,
    );
    expect(await faultOf()).toBeUndefined();
    expect(await faultOf({ knownHead })).toEqual({ hour: undefined, kind: "head_unknown" });
  });
});

it("whole hours that were removed from the beginning are no fault, and are told", async () => {
  await asOwner(`DELETE FROM audit_events WHERE at < '${at(2).toISOString()}'`);
  expect(await verifyAuditChain()).toMatchObject({ hours: 1, events: 2, keptSince: at(3), fault: undefined });
});
