import "server-only";

import { AppError } from "@/lib/errors/app-error";
import type { FieldReason } from "@/lib/errors/field-reason";
import { REVOCATION_OPTIONS, type RevocationTime, toUtcMoment } from "./application-secret.schema";

/** What decides whether a secret counts. */
export type SecretLife = { revokedAt: Date | null; expiresAt: Date | null; compromisedAt: Date | null };

/** Tells whether a secret counts at `moment`, as far as is known now: a revocation may be scheduled. */
export function isSecretLive({ revokedAt, expiresAt, compromisedAt }: SecretLife, moment: Date): boolean {
  const isOver = (end: Date | null) => end !== null && end <= moment;
  return compromisedAt === null && !isOver(revokedAt) && !isOver(expiresAt);
}

/** Reads when a secret is to be revoked. Throws AppError `invalid` for a moment that has passed. */
export function resolveRevocation(
  { revocation, revocationAt }: { revocation: RevocationTime; revocationAt: string },
  now: Date,
): Date {
  const afterSeconds = REVOCATION_OPTIONS.find(({ value }) => value === revocation)?.afterSeconds ?? null;
  if (afterSeconds !== null) return new Date(now.getTime() + afterSeconds * 1_000);
  const end = toUtcMoment(revocationAt);
  if (end === undefined || end <= now) throw invalid({ revocationAt: "moment_past" });
  return end;
}

/** Reads when a new secret is to expire: null for never. Throws AppError `invalid` for a moment that has passed. */
export function resolveExpiry(expiresAt: string, now: Date): Date | null {
  if (expiresAt === "") return null;
  const expiry = toUtcMoment(expiresAt);
  if (expiry === undefined || expiry <= now) throw invalid({ expiresAt: "moment_past" });
  return expiry;
}

function invalid(fieldErrors: Record<string, FieldReason>): AppError {
  return new AppError("invalid", "invalid", { fieldErrors });
}
