import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import { MINUTE_MS } from "@/lib/time";
import { findStep, makeSealedKey, showKey, toAppCode } from "./authenticator-app";
import type { AddedFactor, OfferedApp } from "./second-factor.types";
import { afterRemoving, beforeAdding, refuseOrganisation } from "./second-factor-rules";

/** For so long a key that was shown can be put in force. */
export const OFFERED_APP_MINUTES = 15;

/**
 * Makes a key for an authenticator app and returns it, to be shown. It is worth nothing until `addAuthenticatorApp` gets
 * a code of it; an app that is in force stays so until then. Throws AppError `conflict` / `second_factor_external`.
 */
export async function offerAuthenticatorApp(ctx: SessionContext): Promise<OfferedApp> {
  refuseOrganisation(ctx);
  const { session, now, config } = ctx;
  const { id: staffMemberId, email } = session.staff;
  const pendingKey = makeSealedKey(config, staffMemberId);
  const pendingExpiresAt = new Date(now().getTime() + OFFERED_APP_MINUTES * MINUTE_MS);
  await database().staffAuthenticatorApp.upsert({
    where: { staffMemberId },
    create: { staffMemberId, pendingKey, pendingExpiresAt },
    update: { pendingKey, pendingExpiresAt },
    select: { staffMemberId: true },
  });
  return showKey(config, { staffMemberId, email, sealedKey: pendingKey });
}

/**
 * Puts the app in force whose key was offered last, in place of one there is, with a code that it shows. Throws AppError
 * `invalid` with `code_wrong` by field, `not_found` / `offered_app_over` when none was offered within 15 minutes,
 * `conflict` / `second_factor_external`, and what `beforeAdding` throws.
 */
export async function addAuthenticatorApp(ctx: SessionContext, { code }: { code: string }): Promise<AddedFactor> {
  refuseOrganisation(ctx);
  const { actor, now, config } = ctx;
  const { id: staffMemberId } = actor;
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, staffMemberId);
    const at = now();
    const sealedKey = await getOfferedKey(tx, staffMemberId, at);
    const appCode = toAppCode(code);
    const step = appCode === undefined ? null : findStep(config, { staffMemberId, sealedKey, code: appCode, now: at });
    if (step === null) throw new AppError("invalid", "invalid", { fieldErrors: { code: "code_wrong" } });
    const added = await beforeAdding(tx, ctx);
    await tx.staffAuthenticatorApp.update({
      where: { staffMemberId },
      data: { sealedKey, addedAt: at, lastUsedAt: null, lastStep: step, pendingKey: null, pendingExpiresAt: null },
      select: { staffMemberId: true },
    });
    await recordAuditEvent(tx, actor, { action: "staff.authenticator_app_added", targetId: staffMemberId });
    return added;
  });
}

/**
 * Removes the app of the actor. Repeating it changes nothing. Throws AppError `conflict` / `second_factor_last` when it
 * was the last second factor and the portal requires one.
 */
export async function removeAuthenticatorApp(ctx: SessionContext): Promise<void> {
  const { id: staffMemberId } = ctx.actor;
  await inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, staffMemberId);
    const { count } = await tx.staffAuthenticatorApp.deleteMany({ where: { staffMemberId, sealedKey: { not: null } } });
    if (count === 0) return;
    await afterRemoving(tx, ctx);
    await recordAuditEvent(tx, ctx.actor, { action: "staff.authenticator_app_removed", targetId: staffMemberId });
  });
}

async function getOfferedKey(
  tx: Pick<Transaction, "staffAuthenticatorApp">,
  staffMemberId: string,
  now: Date,
): Promise<string> {
  const app = await tx.staffAuthenticatorApp.findUnique({
    where: { staffMemberId, pendingExpiresAt: { gt: now } },
    select: { pendingKey: true },
  });
  if (app === null || app.pendingKey === null) throw new AppError("not_found", "offered_app_over");
  return app.pendingKey;
}
