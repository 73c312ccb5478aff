import "server-only";

import { randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors/app-error";
import { randomBase62 } from "@/lib/secrets/base62";
import { looksLikeHash } from "@/lib/secrets/looks-like-hash";
import { isGuessable, type PasswordOwner } from "./guessable-password";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "./staff.schema";

export { PASSWORD_LENGTH_MAX };

/** For so long after the first start the password that it made up opens the portal. */
export const GENERATED_PASSWORD_HOURS = 72;

/** 24 base62 characters: 142 bits. */
const GENERATED_LENGTH = 24;

export type PasswordProblem =
  | "password_too_short"
  | "password_too_long"
  | "password_looks_hashed"
  | "password_guessable";

/**
 * Tells why `password` may not be chosen by `owner`, if it may not. Length, and that nobody would guess it, are the only
 * rules about strength; any character may be used and none is trimmed, folded or cut (ASVS 5.0 section 6.2). What looks
 * like a stored hash is refused, because a stolen one must never be usable as a password.
 */
export function findPasswordProblem(password: string, owner: PasswordOwner): PasswordProblem | undefined {
  if (password.length < PASSWORD_LENGTH_MIN) return "password_too_short";
  if (password.length > PASSWORD_LENGTH_MAX) return "password_too_long";
  if (looksLikeHash(password)) return "password_looks_hashed";
  if (isGuessable(password, owner)) return "password_guessable";
  return undefined;
}

/** Makes a random password of 24 letters and digits. It is the only copy. */
export function generatePassword(): string {
  return randomBase62(GENERATED_LENGTH, randomBytes);
}

/** Throws AppError `invalid` with the problem under the name of the field, when `password` may not be chosen. */
export function requireAllowedPassword(field: string, password: string, owner: PasswordOwner): void {
  const problem = findPasswordProblem(password, owner);
  if (problem !== undefined) throw new AppError("invalid", "invalid", { fieldErrors: { [field]: problem } });
}
