import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { createStaffSession } from "./create-staff-session";
import type { SessionContext, SignedIn, SignInProof, VerifiedMember } from "./staff-session.types";

/**
 * Signs a member in. `replacedSessionId` is the session their browser had until now: it ends, whoever it belonged to.
 * Part of the caller's transaction.
 */
export async function startStaffSession(
  tx: Transaction,
  actor: VisitorActor,
  member: VerifiedMember,
  { replacedSessionId, ...proof }: SignInProof & { replacedSessionId: string | undefined },
): Promise<SignedIn> {
  const { id, role } = member;
  const { now, factor } = proof;
  if (replacedSessionId !== undefined) {
    await tx.staffSession.updateMany({ where: { id: replacedSessionId, endedAt: null }, data: { endedAt: now } });
  }
  const sessionId = await createStaffSession(tx, member, { ip: actor.ip, ...proof });
  await tx.staffMember.update({ where: { id }, data: { lastSignedInAt: now }, select: { id: true } });
  const event = { action: "staff.signed_in", targetId: id, changes: created({ factor }) } as const;
  await recordAuditEvent(tx, { ...actor, kind: "staff", id, role }, event);
  return { staffId: id, sessionId };
}

/**
 * Puts a new session in the place of the one that asks, after its owner has proved once more who they are: a copy of the
 * old cookie does not become fresh with it (ASVS 5.0 section 7.2.4). Throws AppError `unauthenticated` / `session_ended`
 * when it ended meanwhile. Part of the caller's transaction.
 */
export async function replaceStaffSession(
  tx: Transaction,
  { actor, session }: SessionContext,
  member: VerifiedMember,
  proof: SignInProof,
): Promise<SignedIn> {
  const { count } = await tx.staffSession.updateMany({
    where: { id: session.sessionId, staffMemberId: member.id, endedAt: null },
    data: { endedAt: proof.now },
  });
  if (count === 0) throw new AppError("unauthenticated", "session_ended");
  const sessionId = await createStaffSession(tx, member, { ip: actor.ip, ...proof });
  const changes = created({ factor: proof.factor });
  await recordAuditEvent(tx, actor, { action: "staff.reauthenticated", targetId: member.id, changes });
  return { staffId: member.id, sessionId };
}
