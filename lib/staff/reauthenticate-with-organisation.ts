import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { SignedIn } from "./authenticate-staff";
import { createStaffSession } from "./create-staff-session";
import type { OrganisationIdentity } from "./organisation.types";
import { provenAt } from "./sign-in-with-organisation";
import type { StaffSessionView } from "./staff-session.types";

/** Clocks of two machines differ. */
const TOLERANCE_MILLISECONDS = 60_000;

/**
 * Lets somebody who is signed in prove once more that it is they, at the provider. A new session takes the place of the old
 * one, as `reauthenticateStaff` does with a password.
 *
 * Throws AppError `unauthenticated` / `organisation_other_member` when the provider has identified somebody else,
 * `organisation_not_fresh` when it did not ask them after `askedAt`, and `session_ended` when the session ended meanwhile.
 */
export async function reauthenticateWithOrganisation(
  identity: OrganisationIdentity,
  session: StaffSessionView,
  actor: StaffActor,
  { askedAt, now }: { askedAt: Date; now: Date },
): Promise<SignedIn> {
  const reason = await findObjection(identity, session, askedAt);
  if (reason !== undefined) {
    const event = { action: "staff.reauthentication_failed", targetKind: "staff_member", targetId: actor.id } as const;
    await inTransaction((tx) => recordAuditEvent(tx, actor, event));
    throw new AppError("unauthenticated", reason);
  }
  return inTransaction((tx) => replaceSession(tx, identity, session, actor, now));
}

function findObjection(
  { issuer, subject, authenticatedAt }: OrganisationIdentity,
  { staff }: StaffSessionView,
  askedAt: Date,
): Promise<"organisation_other_member" | "organisation_not_fresh" | undefined> {
  return inTransaction(async (tx) => {
    const known = await tx.staffIdentity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      select: { staffMemberId: true },
    });
    if (known?.staffMemberId !== staff.id) return "organisation_other_member";
    const isFresh =
      authenticatedAt !== undefined && authenticatedAt.getTime() >= askedAt.getTime() - TOLERANCE_MILLISECONDS;
    return isFresh ? undefined : "organisation_not_fresh";
  });
}

async function replaceSession(
  tx: Transaction,
  { authenticatedAt }: OrganisationIdentity,
  session: StaffSessionView,
  actor: StaffActor,
  now: Date,
): Promise<SignedIn> {
  const { count } = await tx.staffSession.updateMany({
    where: { id: session.sessionId, staffMemberId: actor.id, endedAt: null },
    data: { endedAt: now },
  });
  if (count === 0) throw new AppError("unauthenticated", "session_ended");
  const { sessionVersion } = await tx.staffMember.findUniqueOrThrow({
    where: { id: actor.id },
    select: { sessionVersion: true },
  });
  const sessionId = await createStaffSession(
    tx,
    { id: actor.id, sessionVersion },
    {
      ip: actor.ip,
      now,
      method: "identity_provider",
      authenticatedAt: provenAt(authenticatedAt, now),
    },
  );
  await recordAuditEvent(tx, actor, {
    action: "staff.reauthenticated",
    targetKind: "staff_member",
    targetId: actor.id,
  });
  return { staffId: actor.id, sessionId };
}
