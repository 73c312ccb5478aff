import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import type { SessionContext, StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { MINUTE_MS } from "@/lib/time";
import type { SignedIn } from "./authenticate-staff";
import { type Admission, admit, type OrganisationAnswer, provenAt } from "./sign-in-with-organisation";

/** Clocks of two machines differ. */
const TOLERANCE_MS = MINUTE_MS;

/**
 * Lets somebody who is signed in prove once more that it is they, at the provider. A new session takes the place of the old
 * one, as `reauthenticateStaff` does with a password.
 *
 * Throws AppError `unauthenticated` / `organisation_other_member` when the provider has identified somebody else,
 * `organisation_not_fresh` when it did not ask them after `askedAt`, an `OrganisationRefusal` when they could not sign in
 * any more, and `session_ended` when the session ended meanwhile.
 */
export async function reauthenticateWithOrganisation(
  ctx: SessionContext,
  { askedAt, ...answer }: OrganisationAnswer & { askedAt: Date },
): Promise<SignedIn> {
  const reason = await findObjection(answer.identity, ctx.session, askedAt);
  if (reason !== undefined) {
    const { actor } = ctx;
    const event = { action: "staff.reauthentication_failed", targetId: actor.id } as const;
    await inTransaction((tx) => recordAuditEvent(tx, actor, event));
    throw new AppError("unauthenticated", reason);
  }
  const outcome = await inTransaction((tx) => replaceSession(tx, ctx, answer));
  // Thrown out here: thrown inside it would take the audit event back.
  if ("refusal" in outcome) throw new AppError("unauthenticated", outcome.refusal);
  return outcome;
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
    const isFresh = authenticatedAt !== undefined && authenticatedAt.getTime() >= askedAt.getTime() - TOLERANCE_MS;
    return isFresh ? undefined : "organisation_not_fresh";
  });
}

/** What the provider says about the role counts here as it does at a sign-in: nobody gets fresh rights they have lost. */
async function replaceSession(
  tx: Transaction,
  { actor, session, ...rest }: SessionContext,
  answer: OrganisationAnswer,
): Promise<SignedIn | Extract<Admission, { refusal: string }>> {
  const visitor = { kind: "system", ip: actor.ip, requestId: actor.requestId } as const;
  const admission = await admit(tx, { ...rest, actor: visitor }, answer);
  if ("refusal" in admission) return admission;
  const now = rest.now();
  const { count } = await tx.staffSession.updateMany({
    where: { id: session.sessionId, staffMemberId: actor.id, endedAt: null },
    data: { endedAt: now },
  });
  if (count === 0) throw new AppError("unauthenticated", "session_ended");
  const sessionId = await createStaffSession(tx, admission.member, {
    ip: actor.ip,
    now,
    method: "identity_provider",
    authenticatedAt: provenAt(answer.identity.authenticatedAt, now),
  });
  const { role } = admission.member;
  await recordAuditEvent(tx, { ...actor, role }, { action: "staff.reauthenticated", targetId: actor.id });
  return { staffId: actor.id, sessionId };
}
