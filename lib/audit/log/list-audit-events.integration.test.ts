// Runs on both databases: order and comparison of times, addresses and JSON.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { storeAuditEvent } from "@/lib/testing/staff/audit-events";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import type { AuditFilter } from "./audit-log.schema";
import { getAuditEvent } from "./get-audit-event";
import { listAuditEvents } from "./list-audit-events";

useTestDatabase();

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 9, minutes));

/** Each test looks at a target of its own, because they share a log that nobody can empty. */
const about = (targetId: string): AuditFilter => ({ target: `application:${targetId}` });

const ids = async (params: Parameters<typeof listAuditEvents>[0], perPage?: number) =>
  (await listAuditEvents(params, perPage)).entries.map(({ id }) => id);

const application = (name: string) =>
  database().application.create({ data: { name, clientId: randomUUID() }, select: { id: true } });

describe("the audit log", () => {
  it("shows of an event everything it keeps, with names, and nothing else", async () => {
    const [ana, { id: targetId }] = [await createStaffMember({ name: "Ana" }), await application("Calendar")];
    const id = await storeAuditEvent({
      at: at(0),
      actorKind: "staff",
      actorId: ana.id,
      targetId,
      ip: "192.0.2.7",
      requestId: "r-1",
      changes: { scopes: { before: ["rooms:list"], after: ["rooms:create"] } },
    });
    const entry = {
      id,
      at: at(0),
      action: "application.updated",
      actor: { kind: "staff_member", id: ana.id, name: "Ana", exists: true },
      onBehalfOf: null,
      target: { kind: "application", id: targetId, name: "Calendar", exists: true },
      ip: "192.0.2.7",
      requestId: "r-1",
      changes: [{ kind: "list", field: "scopes", isNew: false, added: ["rooms:create"], removed: ["rooms:list"] }],
    };
    expect(await listAuditEvents(about(targetId))).toEqual({ entries: [entry], olderThan: null, newerThan: null });
    expect(await getAuditEvent(id)).toEqual(entry);
  });

  it("puts the newest first", async () => {
    const targetId = randomUUID();
    const [old, newest, middle] = [
      await storeAuditEvent({ targetId, at: at(1) }),
      await storeAuditEvent({ targetId, at: at(3) }),
      await storeAuditEvent({ targetId, at: at(2) }),
    ];
    expect(await ids(about(targetId))).toEqual([newest, middle, old]);
  });

  it("shows each of many events of one moment on exactly one page, forwards and back", async () => {
    const targetId = randomUUID();
    for (let index = 0; index < 7; index += 1) await storeAuditEvent({ targetId, at: at(5) });
    const first = await listAuditEvents(about(targetId), 3);
    const second = await listAuditEvents({ ...about(targetId), before: first.olderThan ?? "" }, 3);
    const third = await listAuditEvents({ ...about(targetId), before: second.olderThan ?? "" }, 3);
    const pages = [first, second, third].map(({ entries }) => entries.map(({ id }) => id));
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat()).size).toBe(7);
    expect([first.newerThan, third.olderThan]).toEqual([null, null]);
    expect(await ids({ ...about(targetId), after: third.newerThan ?? "" }, 3)).toEqual(pages[1]);
    expect(await listAuditEvents({ ...about(targetId), after: second.newerThan ?? "" }, 3)).toEqual(first);
  });

  it("stays on the same page while new events arrive", async () => {
    const targetId = randomUUID();
    for (let index = 0; index < 5; index += 1) await storeAuditEvent({ targetId, at: at(index) });
    const { olderThan } = await listAuditEvents(about(targetId), 2);
    const page = await ids({ ...about(targetId), before: olderThan ?? "" }, 2);
    await storeAuditEvent({ targetId, at: at(50) });
    expect(await ids({ ...about(targetId), before: olderThan ?? "" }, 2)).toEqual(page);
  });

  it.each(["before", "after"] as const)(
    "begins at the top when the event it goes on %s does not exist",
    async (way) => {
      const targetId = randomUUID();
      const id = await storeAuditEvent({ targetId });
      expect(await listAuditEvents({ ...about(targetId), [way]: randomUUID() })).toMatchObject({
        entries: [{ id }],
        newerThan: null,
      });
    },
  );
});

describe("a filter of the audit log", () => {
  const other = { actorId: randomUUID(), onBehalfOfId: randomUUID(), ip: "198.51.100.9", requestId: "other" };

  it.each<[string, Parameters<typeof storeAuditEvent>[0], (event: { id: string }) => AuditFilter]>([
    ["who acted", { actorKind: "staff", actorId: other.actorId }, () => ({ actor: `staff:${other.actorId}` })],
    ["for whom", { onBehalfOfId: other.onBehalfOfId }, () => ({ person: other.onBehalfOfId })],
    ["from which address", { ip: "203.0.113.80" }, () => ({ ip: "203.0.113.80" })],
    ["in which request", { requestId: "the-one" }, () => ({ request: "the-one" })],
    ["a kind of target", { targetKind: "room", action: "room.created" }, () => ({ target: "room" })],
    ["an action", { action: "application.key_revoked" }, () => ({ action: "application.key_revoked" })],
    ["a group of actions", { action: "token.revoked" }, () => ({ action: "token" })],
    ["from a time on", { at: new Date("2031-01-01T00:00:00Z") }, () => ({ from: "2031-01-01" })],
    [
      "from the first day there is to the last",
      { requestId: "some-day" },
      () => ({ request: "some-day", from: "0001-01-01", to: "9999-12-31" }),
    ],
    ["up to a time", { at: new Date("2019-12-31T23:59:59.999Z") }, () => ({ to: "2019-12-31" })],
  ])("by %s finds that event alone", async (_what, event, filter) => {
    await storeAuditEvent({ at: at(0), ip: "192.0.2.200", requestId: "common" });
    const id = await storeAuditEvent({ at: at(1), ...event });
    expect(await ids(filter({ id }))).toEqual([id]);
  });

  it("by who is involved finds what they did, what was done to them and what was done for them, each once", async () => {
    const [memberId, personId] = [randomUUID(), randomUUID()];
    const did = await storeAuditEvent({ at: at(1), actorKind: "staff", actorId: memberId });
    const self = { actorKind: "staff", actorId: memberId, targetKind: "staff_member", targetId: memberId } as const;
    const both = await storeAuditEvent({ at: at(2), ...self, action: "staff.password_changed" });
    const done = await storeAuditEvent({
      at: at(3),
      targetKind: "staff_member",
      targetId: memberId,
      action: "staff.role_changed",
    });
    const signedIn = await storeAuditEvent({ at: at(4), ...self, action: "staff.signed_in" });
    const forPerson = await storeAuditEvent({ at: at(5), actorKind: "application", onBehalfOfId: personId });
    const toPerson = await storeAuditEvent({ at: at(6), targetKind: "person", targetId: personId });
    await storeAuditEvent({ at: at(7) });
    const member = `staff_member:${memberId}`;
    expect(await ids({ involving: member })).toEqual([done, both, did]);
    expect(await ids({ involving: member, kind: "sign_in" })).toEqual([signedIn]);
    expect(await ids({ involving: member, kind: "all" })).toEqual([signedIn, done, both, did]);
    expect(await ids({ involving: `person:${personId}`, kind: "all" })).toEqual([toPerson, forPerson]);
    expect(await ids({ involving: `person:${personId}`, kind: "application" })).toEqual([forPerson]);
    expect(await ids({ involving: `person:${memberId}`, kind: "all" })).toEqual([]);
  });

  it("by who is involved pages through what comes from several indexes, forwards and back, each event once", async () => {
    const id = randomUUID();
    const self = { actorKind: "staff", actorId: id, targetKind: "staff_member", targetId: id } as const;
    for (let index = 0; index < 3; index += 1) {
      await storeAuditEvent({ at: at(5), actorKind: "staff", actorId: id });
      await storeAuditEvent({ at: at(5), ...self, action: "staff.role_changed" });
      await storeAuditEvent({ at: at(index), targetKind: "staff_member", targetId: id, action: "staff.activated" });
    }
    const filter = { involving: `staff_member:${id}` };
    const all = await ids(filter);
    expect(new Set(all).size).toBe(9);
    const first = await listAuditEvents(filter, 4);
    const second = await listAuditEvents({ ...filter, before: first.olderThan ?? "" }, 4);
    const third = await listAuditEvents({ ...filter, before: second.olderThan ?? "" }, 4);
    expect([first, second, third].flatMap(({ entries }) => entries.map((entry) => entry.id))).toEqual(all);
    expect(third.olderThan).toBeNull();
    expect(await listAuditEvents({ ...filter, after: second.newerThan ?? "" }, 4)).toEqual(first);
  });

  it("does not find an application under the id of a member of staff", async () => {
    const actorId = randomUUID();
    await storeAuditEvent({ actorKind: "staff", actorId });
    expect(await ids({ actor: `application:${actorId}` })).toEqual([]);
  });

  it("narrows with every part that is added", async () => {
    const [targetId, actorId] = [randomUUID(), randomUUID()];
    const id = await storeAuditEvent({ targetId, actorKind: "staff", actorId, at: at(9) });
    await storeAuditEvent({ targetId, at: at(9) });
    await storeAuditEvent({ targetId, actorKind: "staff", actorId, at: at(20) });
    expect(await ids({ ...about(targetId), actor: `staff:${actorId}`, to: "2026-01-01T09:10" })).toEqual([id]);
  });
});

describe("the names in the audit log", () => {
  const nameOf = async (eventId: string) => {
    const { target } = await getAuditEvent(eventId);
    return { name: target.name, exists: target.exists };
  };

  it("are those of today, of every kind", async () => {
    const person = await createTestPerson();
    const room = await createTestRoom(person.id);
    const member = await createStaffMember({ name: "Bo" });
    const events = [
      await storeAuditEvent({ targetKind: "person", targetId: person.id }),
      await storeAuditEvent({ targetKind: "room", targetId: room.id }),
      await storeAuditEvent({ targetKind: "staff_member", targetId: member.id }),
    ];
    expect(await Promise.all(events.map(nameOf))).toEqual([
      { name: person.email, exists: true },
      { name: room.slug, exists: true },
      { name: "Bo", exists: true },
    ]);
  });

  it("are the last known ones of what is gone", async () => {
    const targetId = randomUUID();
    const name = (before: string | null, after: string | null) => ({ name: { before, after } });
    const created = await storeAuditEvent({
      targetId,
      at: at(1),
      action: "application.created",
      changes: name(null, "Diary"),
    });
    await storeAuditEvent({ targetId, at: at(2), changes: name("Diary", "Calendar") });
    await storeAuditEvent({ targetId, at: at(3), action: "application.deactivated" });
    expect(await nameOf(created)).toEqual({ name: "Calendar", exists: false });
    await storeAuditEvent({ targetId, at: at(4), changes: name("Planner", null) });
    expect(await nameOf(created)).toEqual({ name: "Planner", exists: false });
  });

  it("are missing, not invented, where nobody knows any more", async () => {
    const event = await storeAuditEvent({ targetKind: "person", targetId: randomUUID() });
    expect(await nameOf(event)).toEqual({ name: null, exists: false });
  });

  it("cost one query for each kind, however many events there are", async () => {
    const targetId = randomUUID();
    for (let index = 0; index < 20; index += 1) {
      const { id } = await application(`counted ${index}`);
      await storeAuditEvent({ actorKind: "application", actorId: id, onBehalfOfId: randomUUID(), requestId: targetId });
    }
    const { calls } = await countingQueries(() => listAuditEvents({ request: targetId }));
    // The page, the applications (actors and targets alike), the people, and the log for those who are gone.
    expect(calls.sort()).toEqual(["Application.findMany", "AuditEvent.findMany", "Person.findMany", "queryRaw"]);
  });
});

/** Runs `work` on a client that notes what is asked of it. */
async function countingQueries(work: () => Promise<unknown>): Promise<{ calls: string[] }> {
  const { setDatabase } = await import("@/lib/db/client");
  const real = database();
  const calls: string[] = [];
  const watched = real.$extends({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          calls.push(`${model}.${operation}`);
          return query(args);
        },
      },
      $queryRaw({ args, query }) {
        calls.push("queryRaw");
        return query(args);
      },
    },
  });
  setDatabase(watched as unknown as typeof real);
  try {
    await work();
  } finally {
    setDatabase(real);
  }
  return { calls };
}

describe("getAuditEvent", () => {
  it.each([randomUUID(), "", "1", "../x", "' OR 1=1", "\u0000"])("answers not found for %j", async (id) => {
    await expect(getAuditEvent(id)).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  });
});
