import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS, type AuditAction, targetKindOf } from "@/lib/audit/audit-event";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { storeAuditEvent } from "@/lib/testing/staff/audit-events";
import { AUDIT_KINDS, type AuditFilter } from "./audit-log.schema";
import { toInvolved } from "./involved";
import { listAuditEvents } from "./list-audit-events";

useTestDatabase();

/** All others are changes. Whoever adds an action of one of these kinds also changes the column, in a migration. */
const SIGN_INS: AuditAction[] = [
  "staff.signed_in",
  "staff.sign_in_failed",
  "staff.organisation_sign_in_refused",
  "staff.signed_out",
  "staff.reauthenticated",
  "staff.reauthentication_failed",
];
const UPKEEP: AuditAction[] = ["room.purged"];

/** What nobody can do as an application: it is refused before an event could be written. */
const BY_APPLICATIONS = /^(?:room\.(?!purged|restored|pin_revealed)|person\.created|token\.revoked)/;

const kindOfStored = async (id: string) =>
  (await database().auditEvent.findUniqueOrThrow({ where: { id }, select: { kind: true } })).kind;

describe("the kind of an event", () => {
  it.each(AUDIT_ACTIONS)("of %s is worked out by the database", async (action) => {
    const expected = SIGN_INS.includes(action) ? "sign_in" : UPKEEP.includes(action) ? "upkeep" : "staff";
    for (const actorKind of ["staff", "system"] as const) {
      expect(await kindOfStored(await storeAuditEvent({ action, actorKind }))).toBe(expected);
    }
    expect(await kindOfStored(await storeAuditEvent({ action, actorKind: "application" }))).toBe("application");
  });

  it("cannot be said otherwise by who writes the event", async () => {
    await expect(
      database().auditEvent.create({
        data: { actorKind: "staff", action: "application.updated", targetKind: "application", kind: "upkeep" },
      }),
    ).rejects.toThrow(/generated column|cannot insert a non-DEFAULT value/);
  });
});

describe("what involves somebody", () => {
  const ids = async (filter: AuditFilter) => (await listAuditEvents(filter, 200)).entries.map(({ id }) => id);

  it("is the same by kinds as all together, whatever anybody can do: no kind hides an event", async () => {
    const member = randomUUID();
    const application = randomUUID();
    const person = randomUUID();
    const targets = { staff_member: member, application, person, room: randomUUID() };
    for (const action of AUDIT_ACTIONS) {
      const target = { action, targetKind: targetKindOf(action), targetId: targets[targetKindOf(action)] };
      await storeAuditEvent({ ...target, actorKind: "staff", actorId: member });
      await storeAuditEvent({ ...target, actorKind: "system" });
      if (!BY_APPLICATIONS.test(action)) continue;
      await storeAuditEvent({ ...target, actorKind: "application", actorId: application, onBehalfOfId: person });
    }
    for (const [kind, id] of Object.entries(targets)) {
      const involving = toInvolved({ kind: kind as keyof typeof targets, id });
      const all = await ids({ involving, kind: "all" });
      const apart = await Promise.all(
        AUDIT_KINDS.filter((one) => one !== "all").map((one) => ids({ involving, kind: one })),
      );
      const upkeep = (
        await database().auditEvent.findMany({ where: { id: { in: all }, kind: "upkeep" }, select: { id: true } })
      ).map((event) => event.id);
      expect([...apart.flat(), ...upkeep].sort(), kind).toEqual([...all].sort());
      expect(new Set(all).size, kind).toBe(all.length);
      expect(all.length, kind).toBeGreaterThan(3);
    }
  });
});
