import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import { changed, created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import type { StaffRole } from "@/lib/permissions";
import { type LockedMember, lockStaffMember } from "@/lib/staff/lock-staff-member";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";
import { FRESH_SIGN_IN_MINUTES } from "@/lib/staff/sessions/staff-session";
import type { SignedIn, SignInProof, VerifiedMember } from "@/lib/staff/sessions/staff-session.types";
import { startStaffSession } from "@/lib/staff/sessions/start-staff-session";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { MINUTE_MS } from "@/lib/time";
import type { OrganisationRefusal } from "./organisation.types";
import { toStaffRole } from "./to-staff-role";

/** Whom the provider has identified, and which roles the values of its claim stand for. */
export type OrganisationAnswer = { identity: OrganisationIdentity; roleMap: Readonly<Record<string, StaffRole>> };
type OrganisationSignIn = OrganisationAnswer & { replacedSessionId?: string | undefined };

type Context = VerbContext<VisitorActor>;
export type Admission = { member: VerifiedMember } | Refused;
type Refused = { refusal: OrganisationRefusal; memberId: string | null };

const NAME_LENGTH_MAX = 255;

/**
 * Starts a session for whom the provider has identified. The account is the one of this issuer and subject; without one
 * it is made, with the role that the provider's claim stands for. The role follows the claim each time.
 *
 * Throws AppError `unauthenticated` with an `OrganisationRefusal`, after the refusal was written into the audit log.
 */
export async function signInWithOrganisation(ctx: Context, input: OrganisationSignIn): Promise<SignedIn> {
  const outcome = await inTransaction(async (tx) => {
    const admission = await admit(tx, ctx, input);
    if ("refusal" in admission) return admission;
    const { identity, replacedSessionId } = input;
    return startStaffSession(tx, ctx.actor, admission.member, { ...proofOf(identity, ctx.now()), replacedSessionId });
  });
  // Thrown out here: thrown inside it would take the audit event back.
  if ("refusal" in outcome) throw new AppError("unauthenticated", outcome.refusal);
  return outcome;
}

/**
 * Decides about somebody whom the provider has identified, makes or changes their account, and writes down whom the
 * portal did not let in. Part of the caller's transaction.
 */
export async function admit(
  tx: Transaction,
  ctx: Context,
  { identity, roleMap }: OrganisationAnswer,
): Promise<Admission> {
  const admission = await decide(tx, ctx, identity, toStaffRole(identity.roleValues, roleMap));
  if ("refusal" in admission) {
    await recordAuditEvent(tx, ctx.actor, {
      action: "staff.organisation_sign_in_refused",
      targetId: admission.memberId,
      changes: created({ reason: admission.refusal }),
    });
  }
  return admission;
}

async function decide(
  tx: Transaction,
  ctx: Context,
  identity: OrganisationIdentity,
  role: StaffRole | undefined,
): Promise<Admission> {
  const { issuer, subject } = identity;
  // Two first sign-ins of one person at once are one account.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${issuer} ${subject}`}, 0))::text`;
  const known = await tx.staffIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { staffMemberId: true },
  });
  if (!identity.isEmailVerified) {
    return { refusal: "organisation_email_unverified", memberId: known?.staffMemberId ?? null };
  }
  if (known === null) return join(tx, ctx, identity, role);
  const member = await lockStaffMember(tx, known.staffMemberId);
  return follow(tx, ctx, member, role);
}

/** Lets a known member in with the role that the provider says now. */
async function follow(
  tx: Transaction,
  { actor, now }: Context,
  member: LockedMember,
  role: StaffRole | undefined,
): Promise<Admission> {
  const memberId = member.id;
  if (!member.isActive) return { refusal: "organisation_member_inactive", memberId };
  if (role === undefined) {
    // Whoever may no longer come in is not left inside either.
    await endAllSessions(tx, memberId, now());
    return { refusal: "organisation_role_missing", memberId };
  }
  if (member.isLastAdministrator && role !== "administrator") {
    return { refusal: "organisation_last_administrator", memberId };
  }
  if (member.role !== role) {
    await recordAuditEvent(tx, actor, {
      action: "staff.role_changed",
      targetId: memberId,
      changes: changed(member, { role }),
    });
  }
  const updated = await tx.staffMember.update({
    where: { id: memberId },
    data: { role },
    select: { id: true, role: true, sessionVersion: true },
  });
  return { member: updated };
}

/** Makes an account. An address that is taken is never a reason to hand over the account that has it. */
async function join(
  tx: Transaction,
  { actor, now }: Context,
  identity: OrganisationIdentity,
  role: StaffRole | undefined,
): Promise<Admission> {
  const email = identity.email === undefined ? undefined : parseStaffEmail(identity.email);
  if (email === undefined) return { refusal: "organisation_email_invalid", memberId: null };
  if (role === undefined) return { refusal: "organisation_role_missing", memberId: null };
  const [member] = await tx.staffMember.createManyAndReturn({
    data: [{ email, name: toName(identity.name) ?? email, role, passwordHash: null, joinedAt: now() }],
    select: { id: true, role: true, sessionVersion: true },
    skipDuplicates: true,
  });
  if (member === undefined) {
    const owner = await tx.staffMember.findUnique({ where: { email }, select: { id: true } });
    return { refusal: "organisation_email_taken", memberId: owner?.id ?? null };
  }
  const { issuer, subject } = identity;
  await tx.staffIdentity.create({ data: { issuer, subject, staffMemberId: member.id }, select: { id: true } });
  await recordAuditEvent(tx, actor, {
    action: "staff.created",
    targetId: member.id,
    changes: created({ role }),
  });
  return { member };
}

/**
 * A provider that keeps people signed in lets them through without asking; its word for when it last asked is what
 * counts as fresh. One that does not say has not said that it was just now.
 */
export function proofOf({ authenticatedAt }: OrganisationIdentity, now: Date): SignInProof {
  const long = new Date(now.getTime() - FRESH_SIGN_IN_MINUTES * MINUTE_MS);
  const provenAt = new Date(Math.min((authenticatedAt ?? long).getTime(), now.getTime()));
  return { now, method: "identity_provider", authenticatedAt: provenAt };
}

/** The name on one line, as the form for invitations would take it; `undefined` when nothing of it is left. */
function toName(name: string | undefined): string | undefined {
  const oneLine = name?.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return oneLine === undefined || oneLine === "" ? undefined : oneLine.slice(0, NAME_LENGTH_MAX).toWellFormed();
}
