import "server-only";

import { AppError } from "@/lib/errors/app-error";
import type { FieldReason } from "@/lib/errors/field-reason";
import { SECRET_END_OPTIONS, type SecretEnd, toUtcMoment } from "./application-secret.schema";

/** What decides whether a secret counts. */
export type SecretLife = { endedAt: Date | null; expiresAt: Date | null; compromisedAt: Date | null };

/** Tells whether a secret counts at `moment`, as far as is known now: an end may be set for later. */
export function isSecretLive({ endedAt, expiresAt, compromisedAt }: SecretLife, moment: Date): boolean {
  const isOver = (end: Date | null) => end !== null && end <= moment;
  return compromisedAt === null && !isOver(endedAt) && !isOver(expiresAt);
}

/** Reads when a secret is to end. Throws AppError `invalid` for a moment that has passed. */
export function resolveSecretEnd({ ends, endsAt }: { ends: SecretEnd; endsAt: string }, now: Date): Date {
  const afterSeconds = SECRET_END_OPTIONS.find(({ value }) => value === ends)?.afterSeconds ?? null;
  if (afterSeconds !== null) return new Date(now.getTime() + afterSeconds * 1_000);
  const end = toUtcMoment(endsAt);
  if (end === undefined || end <= now) throw invalid({ endsAt: "moment_past" });
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
