import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { clientAddressKey } from "@/lib/http/client-address-key";
import type { RequestContext } from "@/lib/http/request-context";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import type { SignInThrottle } from "./sign-in-throttle";
import { type VerifiedMember, verifyStaffPassword } from "./verify-staff-password";

export type SignInInput = { email: string; password: string };
export type SignedIn = { staffId: string; sessionId: string };

/**
 * Proves who somebody is by e-mail and password and starts a session for them. `replacedSessionId` is the session their
 * browser had until now: it ends, whoever it belonged to.
 *
 * Throws AppError `unauthenticated` / `sign_in_failed`, the same for an unknown name, a wrong password, an inactive
 * member and a malformed address, and AppError `unavailable` / `sign_in_throttled` or `sign_in_busy`.
 */
export async function authenticateStaff(
  input: SignInInput,
  context: RequestContext & { replacedSessionId?: string | undefined },
  deps: { throttle: SignInThrottle; now: () => Date },
): Promise<SignedIn> {
  const email = parseStaffEmail(input.email);
  // What is no address shares one counter: it cannot be anybody's.
  const who = { email: email ?? "", network: clientAddressKey(context.clientAddress) };
  const member = await deps.throttle.attempt(who, () => verifyOrRecord(email, input.password, context));
  if (member === undefined) throw new AppError("unauthenticated", "sign_in_failed");
  return startSession(member, context, deps.now());
}

async function verifyOrRecord(
  email: string | undefined,
  password: string,
  context: RequestContext,
): Promise<VerifiedMember | undefined> {
  const verdict = await verifyStaffPassword(email, password);
  if (verdict.isVerified) return verdict.member;
  const actor = { kind: "system", ip: context.clientAddress, requestId: context.requestId } as const;
  const event = { action: "staff.sign_in_failed", targetKind: "staff_member", targetId: verdict.memberId } as const;
  await inTransaction((tx) => recordAuditEvent(tx, actor, event));
  return undefined;
}

function startSession(
  member: VerifiedMember,
  context: RequestContext & { replacedSessionId?: string | undefined },
  now: Date,
): Promise<SignedIn> {
  const actor = {
    kind: "staff",
    id: member.id,
    role: member.role,
    ip: context.clientAddress,
    requestId: context.requestId,
  } as const;
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, member.id);
    if (context.replacedSessionId !== undefined) {
      await tx.staffSession.updateMany({
        where: { id: context.replacedSessionId, endedAt: null },
        data: { endedAt: now },
      });
    }
    const sessionId = await createStaffSession(tx, member, { ip: context.clientAddress, now });
    await tx.staffMember.update({
      where: { id: member.id },
      data: { lastSignedInAt: now },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, { action: "staff.signed_in", targetKind: "staff_member", targetId: member.id });
    return { staffId: member.id, sessionId };
  });
}
