import "server-only";

import { randomBytes } from "node:crypto";
import { type RandomBytes, randomText } from "@/lib/random";
import { hashToken } from "@/lib/secrets/one-time-token";

export const RECOVERY_CODES = 10;
/** Without what looks alike on paper: no i, l, o, 0, 1. 31 characters. */
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS = 5;
const GROUP_LENGTH = 5;

/**
 * Makes ten codes of 25 characters, 123 random bits each: enough that a plain hash protects what is stored (ASVS 5.0,
 * 6.5.2). They are the only copy.
 */
export function generateRecoveryCodes(random: RandomBytes = randomBytes): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: GROUPS }, () => randomText(GROUP_LENGTH, ALPHABET, random)).join("-"),
  );
}

/** Returns what is stored of a code, however its letters and groups were typed; `undefined` for what is no code. */
export function hashRecoveryCode(text: string): string | undefined {
  const code = text.toLowerCase().replace(/[\s-]/g, "");
  if (code.length !== GROUPS * GROUP_LENGTH || [...code].some((one) => !ALPHABET.includes(one))) return undefined;
  return hashToken(code);
}
