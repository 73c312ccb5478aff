// Runs on both databases: comparison of times, and a transaction that is undone.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createStaffSession } from "./create-staff-session";
import { endStaffSession } from "./end-staff-session";
import { findLiveSession } from "./find-live-session";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const START = new Date("2026-01-01T09:00:00Z");
const later = (minutes: number, seconds = 0) => new Date(START.getTime() + minutes * 60_000 + seconds * 1_000);

async function startSession() {
  const member = await createStaffMember({ passwordHash: null });
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: START }));
  const actor: StaffActor = { kind: "staff", id: member.id, role: "manager", ip: "192.0.2.7", requestId: "r-1" };
  return { member, sessionId, actor };
}

const lastSeenAt = async (id: string) => {
  const row = await database().staffSession.findUniqueOrThrow({ where: { id }, select: { lastSeenAt: true } });
  return row.lastSeenAt;
};

describe("findLiveSession", () => {
  it("returns who it is, and nothing of the row or the member besides", async () => {
    const { member, sessionId } = await startSession();
    const { id, name, email, role } = member;
    expect(await findLiveSession(sessionId, START)).toEqual({
      sessionId,
      authenticatedAt: START,
      signInMethod: "password",
      mustChangePassword: false,
      hasSecondFactor: false,
      staff: { id, name, email, role },
    });
  });

  it.each(["", "null", "undefined", "1", "' OR 1=1", "{}", randomUUID(), `${randomUUID()}x`])(
    "finds none for %j",
    async (sessionId) => {
      await startSession();
      expect(await findLiveSession(sessionId, START)).toBeUndefined();
    },
  );

  it("refuses a session after thirty idle minutes", async () => {
    const { sessionId } = await startSession();
    expect(await findLiveSession(sessionId, later(29, 59))).toBeDefined();
    const idle = await startSession();
    expect(await findLiveSession(idle.sessionId, later(30))).toBeUndefined();
  });

  it("keeps a busy session for eight hours, and not a second longer", async () => {
    const { sessionId } = await startSession();
    for (let minutes = 20; minutes < 8 * 60; minutes += 20) {
      expect(await findLiveSession(sessionId, later(minutes)), `after ${minutes} minutes`).toBeDefined();
    }
    expect(await findLiveSession(sessionId, later(8 * 60 - 1, 59))).toBeDefined();
    expect(await findLiveSession(sessionId, later(8 * 60))).toBeUndefined();
  });

  it("notes that it was seen at most once a minute", async () => {
    const { sessionId } = await startSession();
    await findLiveSession(sessionId, later(0, 59));
    expect(await lastSeenAt(sessionId)).toEqual(START);
    await findLiveSession(sessionId, later(1));
    expect(await lastSeenAt(sessionId)).toEqual(later(1));
    await findLiveSession(sessionId, later(1, 30));
    expect(await lastSeenAt(sessionId)).toEqual(later(1));
  });

  it("is not kept awake by what a page asks by itself", async () => {
    const { sessionId } = await startSession();
    for (const minutes of [10, 20, 29]) {
      expect(await findLiveSession(sessionId, later(minutes), { isUnattended: true })).toBeDefined();
    }
    expect(await lastSeenAt(sessionId)).toEqual(START);
    expect(await findLiveSession(sessionId, later(30), { isUnattended: true })).toBeUndefined();
  });

  it("does not note a refused session as seen", async () => {
    const { sessionId } = await startSession();
    await findLiveSession(sessionId, later(31));
    expect(await lastSeenAt(sessionId)).toEqual(START);
    expect(await findLiveSession(sessionId, later(31))).toBeUndefined();
  });

  it("refuses every session of a member who was deactivated, at the next request", async () => {
    const { member, sessionId } = await startSession();
    await database().staffMember.update({ where: { id: member.id }, data: { isActive: false } });
    expect(await findLiveSession(sessionId, later(1))).toBeUndefined();
  });

  it("refuses every session from before a member was signed out everywhere", async () => {
    const { member, sessionId } = await startSession();
    await database().staffMember.update({ where: { id: member.id }, data: { sessionVersion: { increment: 1 } } });
    expect(await findLiveSession(sessionId, later(1))).toBeUndefined();
  });

  it("shows a changed role at the next request", async () => {
    const { member, sessionId } = await startSession();
    await database().staffMember.update({ where: { id: member.id }, data: { role: "viewer" } });
    expect((await findLiveSession(sessionId, later(1)))?.staff.role).toBe("viewer");
  });

  it("refuses the session of a member who was deleted", async () => {
    const { member, sessionId } = await startSession();
    await database().staffMember.delete({ where: { id: member.id } });
    expect(await findLiveSession(sessionId, later(1))).toBeUndefined();
  });
});

describe("endStaffSession", () => {
  it("makes a copied cookie worthless and leaves the member's other sessions alone", async () => {
    const { member, sessionId, actor } = await startSession();
    const other = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.8", now: START }));
    await endStaffSession(contextOf(actor, later(1)), sessionId);
    expect(await findLiveSession(sessionId, later(1))).toBeUndefined();
    expect(await findLiveSession(other, later(1))).toBeDefined();
  });

  it("records it once, however often it is asked for", async () => {
    const { member, sessionId, actor } = await startSession();
    await Promise.all(Array.from({ length: 4 }, () => endStaffSession(contextOf(actor, later(1)), sessionId)));
    expect(await auditEventsAbout(member.id)).toEqual([
      {
        actorKind: "staff",
        actorId: member.id,
        action: "staff.signed_out",
        targetKind: "staff_member",
        ip: "192.0.2.7",
        requestId: "r-1",
        changes: {},
      },
    ]);
  });

  it("does not end a session of somebody else", async () => {
    const { sessionId } = await startSession();
    const { actor: stranger } = await startSession();
    await endStaffSession(contextOf(stranger, later(1)), sessionId);
    expect(await findLiveSession(sessionId, later(1))).toBeDefined();
    expect(await auditEventsAbout(stranger.id)).toEqual([]);
  });

  it("leaves the session as it was when the end cannot be recorded", async () => {
    const { sessionId, actor } = await startSession();
    await expect(
      endStaffSession(contextOf({ ...actor, requestId: "x".repeat(65) }, later(1)), sessionId),
    ).rejects.toThrow(/auditEvent\.create/);
    expect(await findLiveSession(sessionId, later(1))).toBeDefined();
  });
});
