import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, StaffActor, VisitorActor } from "@/lib/audit/actor";
import { inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { hasSeveralConnections, runUntilItWaits } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createStaffActor, createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { inviteStaffMember } from "./links/invite-staff-member";
import { issueStaffLink } from "./links/issue-staff-link";
import { joinStaff, resetPassword } from "./links/redeem-staff-link";
import { revokeInvitation } from "./links/revoke-invitation";
import { createStaffSession } from "./sessions/create-staff-session";
import { findLiveSession } from "./sessions/find-live-session";
import { signOutEverywhere } from "./sessions/sign-out-everywhere";
import { setStaffStatus } from "./set-staff-status";
import { authenticateStaff } from "./sign-in/authenticate-staff";
import { changePassword } from "./sign-in/change-password";
import { reauthenticateStaff } from "./sign-in/reauthenticate-staff";
import { createSignInThrottle } from "./sign-in/sign-in-throttle";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
const NOW = new Date("2026-11-28T08:00:00Z");
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "r-1" };

type Prepared = { staffId: string; verb: () => Promise<unknown> };
const tokenOf = ({ url }: { url: string }) => url.slice(url.indexOf("#") + 1);
const signInDeps = () => ({ throttle: createSignInThrottle() });
const at = <By extends Actor>(actor: By) => contextOf(actor, NOW);

async function member() {
  const row = await createStaffMember();
  const admin = await createStaffActor({ role: "administrator" });
  const sessionId = await inTransaction((tx) => createStaffSession(tx, row, { ip: "192.0.2.7", now: NOW }));
  const session = await findLiveSession(sessionId, NOW);
  if (session === undefined) throw new Error("The session does not count.");
  const actor: StaffActor = { kind: "staff", id: row.id, role: row.role, ip: "192.0.2.7", requestId: "r-1" };
  const link = await issueStaffLink(at(admin), row.id);
  return { staffId: row.id, email: row.email, admin, session, ctx: { ...at(actor), session }, link };
}

async function invitee() {
  const admin = await createStaffActor({ role: "administrator" });
  const link = await inviteStaffMember(at(admin), { email: `${randomUUID()}@example.org`, role: "viewer" });
  return { staffId: link.staffId, admin, link };
}

const VERBS: Record<string, () => Promise<Prepared>> = {
  "joining by an invitation": async () => {
    const { staffId, link } = await invitee();
    const input = { token: tokenOf(link), name: "Ana", password: TEST_PASSWORD };
    return { staffId, verb: () => joinStaff(at(VISITOR), input) };
  },
  "setting a password by a link": async () => {
    const { staffId, link } = await member();
    return { staffId, verb: () => resetPassword(at(VISITOR), { token: tokenOf(link), password: TEST_PASSWORD }) };
  },
  "revoking an invitation": async () => {
    const { staffId, admin } = await invitee();
    return { staffId, verb: () => revokeInvitation(at(admin), staffId) };
  },
  "making another link": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => issueStaffLink(at(admin), staffId) };
  },
  "signing in, in a browser that was signed in": async () => {
    const { staffId, email, session } = await member();
    const input = { email, password: TEST_PASSWORD, replacedSessionId: session.sessionId };
    return { staffId, verb: () => authenticateStaff(at(VISITOR), input, signInDeps()) };
  },
  "proving once more who one is": async () => {
    const { staffId, ctx } = await member();
    return { staffId, verb: () => reauthenticateStaff(ctx, { password: TEST_PASSWORD }, signInDeps()) };
  },
  "choosing another password": async () => {
    const { staffId, ctx } = await member();
    const input = { currentPassword: TEST_PASSWORD, newPassword: "another horse entirely" };
    return { staffId, verb: () => changePassword(ctx, input, signInDeps()) };
  },
  "shutting somebody out": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => setStaffStatus(at(admin), { staffId, isActive: false }) };
  },
  "signing somebody out everywhere": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => signOutEverywhere(at(admin), staffId) };
  },
};

describe.runIf(hasSeveralConnections)("who waits for a member holds none of their sessions and links", () => {
  it.each(Object.entries(VERBS))("%s", async (_name, prepare) => {
    const { staffId, verb } = await prepare();
    let end: Promise<unknown> = Promise.resolve();
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM staff_members WHERE id = ${staffId}::uuid FOR NO KEY UPDATE`;
      const begun = await runUntilItWaits(verb);
      end = begun.end;
      expect(begun.isWaiting).toBe(true);
      const sessions = await tx.staffSession.count({ where: { staffMemberId: staffId } });
      const links = await tx.staffLink.count({ where: { staffMemberId: staffId } });
      expect(sessions + links).toBeGreaterThan(0);
      expect(
        await tx.$queryRaw`SELECT id FROM staff_sessions WHERE staff_member_id = ${staffId}::uuid FOR UPDATE SKIP LOCKED`,
      ).toHaveLength(sessions);
      expect(
        await tx.$queryRaw`SELECT id FROM staff_links WHERE staff_member_id = ${staffId}::uuid FOR UPDATE SKIP LOCKED`,
      ).toHaveLength(links);
    });
    await end;
  });
});
