import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { inTransaction } from "@/lib/db/client";
import { hasSeveralConnections, runUntilItWaits } from "@/lib/testing/lock-waits";
import { createStaffActor, createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff-factory";
import { useTestDatabase } from "@/lib/testing/test-database";
import { inviteStaffMember } from "./links/invite-staff-member";
import { issueStaffLink } from "./links/issue-staff-link";
import { joinStaff, resetPassword } from "./links/redeem-staff-link";
import { revokeInvitation } from "./links/revoke-invitation";
import { createStaffSession } from "./sessions/create-staff-session";
import { readStaffSession } from "./sessions/read-staff-session";
import { signOutEverywhere } from "./sessions/sign-out-everywhere";
import { setStaffStatus } from "./set-staff-status";
import { authenticateStaff } from "./sign-in/authenticate-staff";
import { changePassword } from "./sign-in/change-password";
import { reauthenticateStaff } from "./sign-in/reauthenticate-staff";
import { createSignInThrottle } from "./sign-in/sign-in-throttle";

useTestDatabase();
const NOW = new Date("2026-11-28T08:00:00Z");
const DEPS = { now: NOW, publicUrl: "https://portal.example.org" };
const CONTEXT = { clientAddress: "192.0.2.7", requestId: "r-1" };

type Prepared = { staffId: string; verb: () => Promise<unknown> };
const tokenOf = ({ url }: { url: string }) => url.slice(url.indexOf("#") + 1);
const signInDeps = () => ({ throttle: createSignInThrottle(), now: () => NOW });

async function member() {
  const row = await createStaffMember();
  const admin = await createStaffActor({ role: "administrator" });
  const sessionId = await inTransaction((tx) => createStaffSession(tx, row, { ip: "192.0.2.7", now: NOW }));
  const session = await readStaffSession(sessionId, NOW);
  if (session === undefined) throw new Error("The session does not count.");
  const actor: StaffActor = { kind: "staff", id: row.id, role: row.role, ip: "192.0.2.7", requestId: "r-1" };
  return { staffId: row.id, email: row.email, admin, session, actor, link: await issueStaffLink(row.id, admin, DEPS) };
}

async function invitee() {
  const admin = await createStaffActor({ role: "administrator" });
  const link = await inviteStaffMember({ email: `${randomUUID()}@example.org`, role: "viewer" }, admin, DEPS);
  return { staffId: link.staffId, admin, link };
}

const VERBS: Record<string, () => Promise<Prepared>> = {
  "joining by an invitation": async () => {
    const { staffId, link } = await invitee();
    const input = { token: tokenOf(link), name: "Ana", password: TEST_PASSWORD };
    return { staffId, verb: () => joinStaff(input, CONTEXT, NOW) };
  },
  "setting a password by a link": async () => {
    const { staffId, link } = await member();
    return { staffId, verb: () => resetPassword({ token: tokenOf(link), password: TEST_PASSWORD }, CONTEXT, NOW) };
  },
  "taking an invitation back": async () => {
    const { staffId, admin } = await invitee();
    return { staffId, verb: () => revokeInvitation(staffId, admin) };
  },
  "making another link": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => issueStaffLink(staffId, admin, DEPS) };
  },
  "signing in, in a browser that was signed in": async () => {
    const { staffId, email, session } = await member();
    const context = { ...CONTEXT, replacedSessionId: session.sessionId };
    return { staffId, verb: () => authenticateStaff({ email, password: TEST_PASSWORD }, context, signInDeps()) };
  },
  "proving once more who one is": async () => {
    const { staffId, session, actor } = await member();
    return { staffId, verb: () => reauthenticateStaff(TEST_PASSWORD, session, actor, signInDeps()) };
  },
  "choosing another password": async () => {
    const { staffId, session, actor } = await member();
    const input = { currentPassword: TEST_PASSWORD, newPassword: "another horse entirely" };
    return { staffId, verb: () => changePassword(input, session, actor, { ...signInDeps(), now: NOW }) };
  },
  "shutting somebody out": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => setStaffStatus({ staffId, isActive: false }, admin, NOW) };
  },
  "signing somebody out everywhere": async () => {
    const { staffId, admin } = await member();
    return { staffId, verb: () => signOutEverywhere(staffId, admin, NOW) };
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
