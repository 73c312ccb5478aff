import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import type { SessionContext, SignedIn, StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { replaceStaffSession } from "@/lib/staff/sessions/start-staff-session";
import { MINUTE_MS } from "@/lib/time";
import { admit, type OrganisationAnswer, proofOf } from "./sign-in-with-organisation";

/** Clocks of two machines differ. */
const TOLERANCE_MS = MINUTE_MS;

/**
 * Lets somebody who is signed in prove once more that it is they, at the provider. A new session takes the place of the
 * old one, as `reauthenticateStaff` does with a password.
 *
 * Throws AppError `unauthenticated` / `organisation_other_member` when the provider has identified somebody else,
 * `organisation_not_fresh` when it did not ask them after `askedAt`, an `OrganisationRefusal` when they could not sign
 * in any more, and `session_ended` when the session ended meanwhile.
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
  const outcome = await inTransaction(async (tx) => {
    const { ip, requestId } = ctx.actor;
    // What the provider says about the role counts as it does at a sign-in: nobody gets fresh rights they have lost.
    const admission = await admit(tx, { ...ctx, actor: { kind: "system", ip, requestId } }, answer);
    if ("refusal" in admission) return admission;
    return replaceStaffSession(tx, ctx, admission.member, proofOf(answer.identity, ctx.now()));
  });
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
