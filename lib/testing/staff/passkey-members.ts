import { addPasskey, offerPasskey } from "@/lib/staff/second-factor/passkeys/change-passkeys";
import { askForPasskey } from "@/lib/staff/second-factor/passkeys/verify-passkey";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import { authenticateStaff } from "@/lib/staff/sign-in/authenticate-staff";
import { findPendingSignIn } from "@/lib/staff/sign-in/pending/pending-sign-in";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { signInAs, VISITOR } from "@/lib/testing/staff/second-factors";
import { HERE, SoftwarePasskey } from "@/lib/testing/staff/software-passkey";
import { createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

export const ENROLLED = new Date("2026-01-01T08:00:00Z");
export const NOW = new Date("2026-01-01T09:00:00Z");

/** Stores a member and signs them in. */
export async function signedInMember(overrides: Parameters<typeof createStaffMember>[0] = {}) {
  const member = await createStaffMember(overrides);
  return { ...member, ctx: await signInAs(member, { at: () => ENROLLED }) };
}

/** Adds a passkey of theirs, as they would by themselves. */
export async function addPasskeyTo(ctx: SessionContext, passkey = new SoftwarePasskey(), name = "Laptop", counter = 0) {
  const { challenge } = await offerPasskey(ctx);
  const added = await addPasskey(ctx, { name, registration: passkey.register(challenge, HERE, counter) });
  return { passkey, ...added };
}

/** Stores a member with a passkey. */
export async function memberWithPasskey(counter = 0) {
  const member = await signedInMember();
  return { ...member, ...(await addPasskeyTo(member.ctx, new SoftwarePasskey(), "Laptop", counter)) };
}

/** Gives the right password and returns the token of what is pending. */
export async function givePassword(email: string) {
  const input = { email, password: TEST_PASSWORD };
  const answer = await authenticateStaff(contextOf(VISITOR, NOW), input, { throttle: createSignInThrottle() });
  if (!("pending" in answer)) throw new Error("Nothing is pending.");
  return answer.pending.token;
}

/** Returns the challenge that a pending sign-in has for a passkey. */
export async function askPending(token: string, at = NOW) {
  const pending = await findPendingSignIn(token, at);
  if (pending === undefined) throw new Error("Nothing is pending.");
  const question = { purpose: "sign_in", pendingHash: pending.tokenHash } as const;
  const { id: staffMemberId } = pending.member;
  return (await askForPasskey({ staffMemberId, question, now: at, config: testConfig() })).challenge;
}
