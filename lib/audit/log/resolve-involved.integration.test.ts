// Runs on both databases: the search for names, and what is found of what is gone.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";
import { storeAuditEvent } from "@/lib/testing/staff/audit-events";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { getAuditView } from "./get-audit-view";
import { listAuditEvents } from "./list-audit-events";
import { resolveInvolved } from "./resolve-involved";

useTestDatabase();

const application = (name: string, deletedAt: Date | null = null) =>
  database().application.create({
    data: { name, clientId: randomUUID().replaceAll("-", ""), deletedAt, isActive: deletedAt === null },
    select: { id: true, clientId: true },
  });

const namesOf = async (text: string) => (await resolveInvolved(text)).choices?.map(({ kind, name }) => [kind, name]);

describe("whoever is meant", () => {
  it("is the one application with a client ID, and the one thing with an id of any kind", async () => {
    const { id, clientId } = await application("Calendar");
    const party = { kind: "application", id, name: "Calendar", exists: true };
    for (const text of [clientId, id, id.toUpperCase(), `application:${id}`]) {
      expect(await resolveInvolved(text)).toEqual({ party, choices: undefined });
    }
    const [member, person] = [await createStaffMember({ name: "Ana" }), await createTestPerson()];
    expect((await resolveInvolved(member.id)).party).toMatchObject({ kind: "staff_member", name: "Ana" });
    expect((await resolveInvolved(person.id)).party).toMatchObject({ kind: "person", name: person.email });
  });

  it("is the one with an e-mail address, in upper or lower case; of two people with the same one a choice", async () => {
    const person = await createTestPerson();
    expect((await resolveInvolved(person.email.toUpperCase())).party).toMatchObject({ kind: "person", id: person.id });
    const member = await createStaffMember({ name: "Twice" });
    await database().person.create({ data: { email: member.email } });
    expect(await namesOf(member.email)).toEqual([
      ["staff_member", "Twice"],
      ["person", member.email],
    ]);
  });

  it("is still known by id when nothing but events are left of it", async () => {
    const targetId = randomUUID();
    await storeAuditEvent({ targetId, changes: { name: { before: "Diary", after: null } } });
    const party = { kind: "application", id: targetId, name: "Diary", exists: false };
    expect(await resolveInvolved(targetId)).toEqual({ party, choices: undefined });
    const personId = randomUUID();
    await storeAuditEvent({ targetKind: "person", targetId: personId });
    expect((await resolveInvolved(personId)).party).toMatchObject({ kind: "person", name: null, exists: false });
  });

  it("is a question for a part of a name, even if one alone has it", async () => {
    await application("Quartz planner");
    const member = await createStaffMember({ name: "Quartz Keeper" });
    const person = await database().person.create({
      data: { email: "q.uartz@example.org", displayName: "Dr. QUARTZ" },
      select: { id: true },
    });
    expect((await resolveInvolved("quartz")).choices).toEqual([
      { kind: "application", id: expect.any(String), name: "Quartz planner", detail: expect.any(String) },
      { kind: "staff_member", id: member.id, name: "Quartz Keeper", detail: member.email },
      { kind: "person", id: person.id, name: "q.uartz@example.org", detail: "Dr. QUARTZ" },
    ]);
    expect(await namesOf("Quartz plan")).toEqual([["application", "Quartz planner"]]);
  });

  it.each(["nobody at all", "%", "_", "--", "' OR 1=1", randomUUID(), `room:${randomUUID()}x`, "\\"])(
    "is nobody for %j",
    async (text) => expect(await namesOf(text)).toEqual([]),
  );

  it("is no application that was deleted, but by its id", async () => {
    const { id, clientId } = await application("Zirconium", new Date());
    expect(await namesOf("Zirconium")).toEqual([]);
    expect(await namesOf(clientId)).toEqual([]);
    await storeAuditEvent({ targetId: id, changes: { name: { before: "Zirconium", after: null } } });
    expect((await resolveInvolved(id)).party).toMatchObject({ name: "Zirconium", exists: false });
  });

  it("is offered six times of a kind at most", async () => {
    for (let index = 0; index < 8; index += 1) await application(`Obsidian ${index}`);
    expect(await namesOf("obsidian")).toHaveLength(6);
  });
});

describe("a view of the log", () => {
  const clock = { now: new Date("2026-11-22T12:00:00Z"), zone: "UTC" };

  it("shows nothing, and not everything, while it is not known who is meant", async () => {
    await storeAuditEvent();
    for (const involving of ["nobody at all", "a", "@"]) {
      const { filter, involved, address } = await getAuditView({ involving, kind: "all" }, clock);
      expect([involved, address.involving]).toEqual([undefined, involving]);
      expect((await listAuditEvents(filter)).entries).toEqual([]);
    }
  });

  it("says in its address by kind and id who was found, so that a link goes on meaning them", async () => {
    const { id, clientId } = await application("Renamed later");
    const view = await getAuditView({ involving: clientId, range: "7d" }, clock);
    expect(view.address).toEqual({ involving: `application:${id}`, range: "7d" });
    expect(view.filter).toEqual({ involving: `application:${id}`, from: "2026-11-16" });
  });
});
