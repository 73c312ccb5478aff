import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import type { VisitorActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import { addAuthenticatorApp, offerAuthenticatorApp } from "@/lib/staff/second-factor/change-authenticator-app";
import type { OfferedApp } from "@/lib/staff/second-factor/second-factor.types";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import type { Clock } from "@/lib/time";

export const STEP_MS = 30_000;

export const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "request-1" };

/** Signs a member in and returns the context in which they act. */
export async function signInAs(
  member: { id: string; sessionVersion: number },
  { at = () => new Date(), ip = "192.0.2.7" }: { at?: Clock; ip?: string } = {},
): Promise<SessionContext> {
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip, now: at() }));
  return contextOfSession(sessionId, { at, ip });
}

/** The context in which the owner of a session acts. */
export async function contextOfSession(
  sessionId: string,
  { at = () => new Date(), ip = "192.0.2.7" }: { at?: Clock; ip?: string } = {},
): Promise<SessionContext> {
  const session = await findLiveSession(sessionId, at());
  if (session === undefined) throw new Error("The session is not live.");
  const { id, role } = session.staff;
  const actor = { kind: "staff", id, role, ip, requestId: randomUUID() } as const;
  return { actor, session, now: at, config: config() };
}

/** Stores a passkey of a member that answers nothing, and returns its id. */
export async function storePasskey(staffMemberId: string): Promise<string> {
  const data = { staffMemberId, credentialId: randomUUID(), publicKey: "AA", name: "Laptop" };
  return (await database().staffPasskey.create({ data, select: { id: true } })).id;
}

/** What the app of somebody shows at a moment who has typed the key into it. */
export function appOf({ key }: Pick<OfferedApp, "key">): (at: Date) => string {
  const totp = new TOTP({ secret: key.replaceAll(" ", "") });
  return (at) => totp.generate({ timestamp: at.getTime() });
}

/** Gives a member an authenticator app, as they would by themselves. Its next code is of the step after `ctx.now()`. */
export async function addApp(ctx: SessionContext): Promise<{ codeAt(at: Date): string; recoveryCodes: string[] }> {
  const codeAt = appOf(await offerAuthenticatorApp(ctx));
  const { recoveryCodes } = await addAuthenticatorApp(ctx, { code: codeAt(ctx.now()) });
  return { codeAt, recoveryCodes: recoveryCodes ?? [] };
}
