import "server-only";

import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import {
  createVerificationQueue,
  VerificationOverloadedError,
  type VerificationQueue,
} from "@/lib/secrets/verification-queue";
import { PASSWORD_LENGTH_MAX } from "@/lib/staff/password-policy";
import type { VerifiedMember } from "@/lib/staff/sessions/staff-session.types";

export type PasswordCheck =
  /** `generatedAt` is when the password was made up, for the first start; null for one that somebody has chosen. */
  | { isVerified: true; member: VerifiedMember; generatedAt: Date | null }
  /** `memberId` is for the audit log only: whoever asked must not learn whether there is one. */
  | { isVerified: false; memberId: string | null };

/** No member has it: parseStaffEmail returns nothing so short. */
const NOBODY = "";

/**
 * Checks the password of the member known under `email`, compared exactly. An unknown name, `undefined` for what is no
 * e-mail address, an inactive member and one without a password take one Argon2 run, like anybody else.
 * Throws AppError `unavailable`, reason `sign_in_busy`, when too many checks are waiting.
 */
export async function verifyStaffPassword(email: string | undefined, password: string): Promise<PasswordCheck> {
  if (password.length === 0 || password.length > PASSWORD_LENGTH_MAX) return { isVerified: false, memberId: null };
  const where = { email: email ?? NOBODY };
  const member = await database().staffMember.findUnique({
    where,
    select: { id: true, role: true, isActive: true, sessionVersion: true, mustChangePassword: true, createdAt: true },
  });
  const isMatch = await inQueue(() =>
    database().staffMember.verifySecret({ where, field: "passwordHash", candidate: password }),
  );
  if (member === null || !isMatch || !member.isActive) return { isVerified: false, memberId: member?.id ?? null };
  const { id, role, sessionVersion, mustChangePassword, createdAt } = member;
  // It is made up together with the member, and never again.
  return { isVerified: true, member: { id, role, sessionVersion }, generatedAt: mustChangePassword ? createdAt : null };
}

// One for every bundle of this process: what it bounds, memory and cores, is the process's.
const KEY = Symbol.for("vestibule.staff-password-queue");
const shared = globalThis as { [KEY]?: VerificationQueue<boolean> };

async function inQueue(check: () => Promise<boolean>): Promise<boolean> {
  shared[KEY] ??= createVerificationQueue();
  try {
    return await shared[KEY].run(randomUUID(), check);
  } catch (error) {
    if (!(error instanceof VerificationOverloadedError)) throw error;
    throw new AppError("unavailable", "sign_in_busy", { cause: error });
  }
}
