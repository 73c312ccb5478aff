// Runs on both databases: a transaction that is undone.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import type { Actor } from "./actor";
import { AUDIT_FIELDS, type AuditEventInput } from "./audit-event";
import { recordAuditEvent } from "./record-audit-event";

useTestDatabase();

const SYSTEM: Actor = { kind: "system", ip: null, requestId: null };

/** An event as a caller without types could build it. */
const untyped = (event: Record<string, unknown>) => event as unknown as AuditEventInput<"application.updated">;

describe("recordAuditEvent", () => {
  it("keeps who, from where, in which request, what, to what and the values before and after", async () => {
    const targetId = randomUUID();
    const actor: Actor = { kind: "staff", id: randomUUID(), role: "manager", ip: "2001:db8::1", requestId: "r-1" };
    await inTransaction((tx) =>
      recordAuditEvent(tx, actor, {
        action: "application.updated",
        targetId,
        changes: { name: { before: "Diary", after: "Calendar" }, scopes: { before: [], after: ["rooms:create"] } },
      }),
    );
    expect(await database().auditEvent.findMany({ where: { targetId } })).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: expect.any(Date),
        actorKind: "staff",
        actorId: actor.id,
        onBehalfOfId: null,
        action: "application.updated",
        targetKind: "application",
        targetId,
        ip: "2001:db8::1",
        requestId: "r-1",
        changes: { name: { before: "Diary", after: "Calendar" }, scopes: { before: [], after: ["rooms:create"] } },
        kind: "staff",
      },
    ]);
  });

  it("keeps for whom an application acted, apart from what it acted on", async () => {
    const [targetId, personId, id] = [randomUUID(), randomUUID(), randomUUID()];
    const actor: Actor = { kind: "application", id, personId, ip: "192.0.2.1", requestId: "r-2" };
    await inTransaction((tx) => recordAuditEvent(tx, actor, { action: "room.created", targetId, changes: {} }));
    expect(
      await database().auditEvent.findMany({
        where: { targetId },
        select: { actorKind: true, actorId: true, onBehalfOfId: true },
      }),
    ).toEqual([{ actorKind: "application", actorId: id, onBehalfOfId: personId }]);
  });

  it.each(["clientSecret", "hash", "password", "passwordHash", "pinCode", "email", "__proto__"])(
    "refuses the field %s, whatever the action, without repeating its value",
    async (field) => {
      for (const action of Object.keys(AUDIT_FIELDS)) {
        const changes = Object.fromEntries([[field, { before: null, after: "canary-value" }]]);
        const event = untyped({ action, targetId: null, changes });
        const failure = await inTransaction((tx) => recordAuditEvent(tx, SYSTEM, event)).catch((error) => error);
        expect(failure).toBeInstanceOf(Error);
        expect(String(failure)).toContain(field);
        expect(String(failure)).not.toContain("canary-value");
      }
      expect(await database().auditEvent.count({ where: { targetId: null } })).toBe(0);
    },
  );

  it.each([
    ["an object", { clientSecret: "canary" }],
    ["a list of objects", [{ clientSecret: "canary" }]],
    ["not a number", Number.NaN],
    ["nothing", undefined],
  ])("refuses %s as the value of an allowed field", async (_what, after) => {
    const event = untyped({
      action: "application.updated",
      targetId: null,
      changes: { name: { before: null, after } },
    });
    await expect(inTransaction((tx) => recordAuditEvent(tx, SYSTEM, event))).rejects.toThrow(/field name/);
  });

  it("keeps nothing that stands beside before and after", async () => {
    const targetId = randomUUID();
    const name = { before: "a", after: "b", clientSecret: "canary" };
    await inTransaction((tx) =>
      recordAuditEvent(tx, SYSTEM, untyped({ action: "application.updated", targetId, changes: { name } })),
    );
    expect(await database().auditEvent.findMany({ where: { targetId }, select: { changes: true } })).toEqual([
      { changes: { name: { before: "a", after: "b" } } },
    ]);
  });

  it("undoes what it tells about when the event is refused", async () => {
    const email = "rolled-back@example.com";
    const work = inTransaction(async (tx) => {
      await tx.person.create({ data: { email } });
      await recordAuditEvent(
        tx,
        SYSTEM,
        untyped({
          action: "person.created",
          targetId: null,
          changes: { email: { before: null, after: email } },
        }),
      );
    });
    await expect(work).rejects.toThrow(/does not keep the field email/);
    expect(await database().person.count({ where: { email } })).toBe(0);
  });
});
