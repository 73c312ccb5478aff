import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/http/request-context";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import type { StaffRole } from "@/lib/permissions";
import { type LockedMember, lockStaffMember } from "@/lib/staff/lock-staff-member";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";
import { FRESH_SIGN_IN_MINUTES } from "@/lib/staff/sessions/staff-session";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { MINUTE_MS } from "@/lib/time";
import type { SignedIn } from "./authenticate-staff";
import type { OrganisationRefusal } from "./organisation.types";
import { toStaffRole } from "./to-staff-role";

export type OrganisationSignInDeps = { roleMap: Readonly<Record<string, StaffRole>>; now: Date };

type Context = RequestContext & { replacedSessionId?: string | undefined };
export type OrganisationVerdict = { member: { id: string; role: StaffRole; sessionVersion: number } } | Refused;
type Refused = { refusal: OrganisationRefusal; memberId: string | null };

const NAME_LENGTH_MAX = 255;

/**
 * Starts a session for whom the provider has identified. The account is the one of this issuer and subject; without one
 * it is made, with the role that the provider's claim stands for. The role follows the claim each time.
 *
 * Throws AppError `unauthenticated` with an `OrganisationRefusal`, after the refusal was written into the audit log.
 */
export async function signInWithOrganisation(
  identity: OrganisationIdentity,
  context: Context,
  { roleMap, now }: OrganisationSignInDeps,
): Promise<SignedIn> {
  const outcome = await inTransaction(async (tx) => {
    const verdict = await admit(tx, identity, toStaffRole(identity.roleValues, roleMap), context, now);
    if (!("refusal" in verdict)) return startSession(tx, verdict.member, identity, context, now);
    await recordRefusal(tx, verdict, context);
    return verdict;
  });
  // Thrown out here: thrown inside it would take the audit event back.
  if ("refusal" in outcome) throw new AppError("unauthenticated", outcome.refusal);
  return outcome;
}

/** Writes down whom the provider identified and the portal did not let in. Part of the caller's transaction. */
export function recordRefusal(tx: Transaction, { refusal, memberId }: Refused, context: RequestContext): Promise<void> {
  return recordAuditEvent(tx, systemActor(context), {
    action: "staff.organisation_sign_in_refused",
    targetKind: "staff_member",
    targetId: memberId,
    changes: { reason: { before: null, after: refusal } },
  });
}

/** Decides about somebody whom the provider has identified, and makes or changes their account. Part of the caller's transaction. */
export async function admit(
  tx: Transaction,
  identity: OrganisationIdentity,
  role: StaffRole | undefined,
  context: RequestContext,
  now: Date,
): Promise<OrganisationVerdict> {
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
  if (known === null) return join(tx, identity, role, context, now);
  const member = await lockStaffMember(tx, known.staffMemberId);
  return follow(tx, member, role, context, now);
}

/** Lets a known member in with the role that the provider says now. */
async function follow(
  tx: Transaction,
  member: LockedMember,
  role: StaffRole | undefined,
  context: RequestContext,
  now: Date,
): Promise<OrganisationVerdict> {
  const memberId = member.id;
  if (!member.isActive) return { refusal: "organisation_member_inactive", memberId };
  if (role === undefined) {
    // Whoever may no longer come in is not left inside either.
    await endAllSessions(tx, memberId, now);
    return { refusal: "organisation_role_missing", memberId };
  }
  if (member.isLastAdministrator && role !== "administrator") {
    return { refusal: "organisation_last_administrator", memberId };
  }
  if (member.role !== role) {
    await recordAuditEvent(tx, systemActor(context), {
      action: "staff.role_changed",
      targetKind: "staff_member",
      targetId: memberId,
      changes: { role: { before: member.role, after: role } },
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
  identity: OrganisationIdentity,
  role: StaffRole | undefined,
  context: RequestContext,
  now: Date,
): Promise<OrganisationVerdict> {
  const email = identity.email === undefined ? undefined : parseStaffEmail(identity.email);
  if (email === undefined) return { refusal: "organisation_email_invalid", memberId: null };
  if (role === undefined) return { refusal: "organisation_role_missing", memberId: null };
  const [member] = await tx.staffMember.createManyAndReturn({
    data: [{ email, name: toName(identity.name) ?? email, role, passwordHash: null, joinedAt: now }],
    select: { id: true, role: true, sessionVersion: true },
    skipDuplicates: true,
  });
  if (member === undefined) {
    const owner = await tx.staffMember.findUnique({ where: { email }, select: { id: true } });
    return { refusal: "organisation_email_taken", memberId: owner?.id ?? null };
  }
  const { issuer, subject } = identity;
  await tx.staffIdentity.create({ data: { issuer, subject, staffMemberId: member.id }, select: { id: true } });
  await recordAuditEvent(tx, systemActor(context), {
    action: "staff.created",
    targetKind: "staff_member",
    targetId: member.id,
    changes: { role: { before: null, after: role } },
  });
  return { member };
}

async function startSession(
  tx: Transaction,
  member: { id: string; role: StaffRole; sessionVersion: number },
  { authenticatedAt }: OrganisationIdentity,
  { clientAddress, requestId, replacedSessionId }: Context,
  now: Date,
): Promise<SignedIn> {
  if (replacedSessionId !== undefined) {
    await tx.staffSession.updateMany({ where: { id: replacedSessionId, endedAt: null }, data: { endedAt: now } });
  }
  const sessionId = await createStaffSession(tx, member, {
    ip: clientAddress,
    now,
    method: "identity_provider",
    authenticatedAt: provenAt(authenticatedAt, now),
  });
  await tx.staffMember.update({ where: { id: member.id }, data: { lastSignedInAt: now }, select: { id: true } });
  const actor = { kind: "staff", id: member.id, role: member.role, ip: clientAddress, requestId } as const;
  await recordAuditEvent(tx, actor, { action: "staff.signed_in", targetKind: "staff_member", targetId: member.id });
  return { staffId: member.id, sessionId };
}

/**
 * A provider that keeps people signed in lets them through without asking; its word for when it last asked is what counts
 * as fresh. One that does not say has not said that it was just now.
 */
export function provenAt(authenticatedAt: Date | undefined, now: Date): Date {
  const long = new Date(now.getTime() - FRESH_SIGN_IN_MINUTES * MINUTE_MS);
  return new Date(Math.min((authenticatedAt ?? long).getTime(), now.getTime()));
}

function systemActor({ clientAddress, requestId }: RequestContext) {
  return { kind: "system", ip: clientAddress, requestId } as const;
}

/** The name on one line, as the form for invitations would take it; `undefined` when nothing of it is left. */
function toName(name: string | undefined): string | undefined {
  const oneLine = name?.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return oneLine === undefined || oneLine === "" ? undefined : oneLine.slice(0, NAME_LENGTH_MAX).toWellFormed();
}
