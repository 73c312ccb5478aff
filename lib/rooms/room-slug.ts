import "server-only";

import { randomBytes } from "node:crypto";
import { type RandomBytes, randomText } from "@/lib/random";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** A new room slug, `xxx-xxxx-xxx` in lower-case letters: 47 bits, short enough to be said on the telephone. */
export function generateRoomSlug(random: RandomBytes = randomBytes): string {
  const letters = randomText(10, LETTERS, random);
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}

/** A new PIN with which somebody joins by telephone. */
export function generatePinCode(length: number, random: RandomBytes = randomBytes): string {
  return randomText(length, DIGITS, random);
}

/** Whether `text` has the shape of a slug, so that nothing else is ever looked up. */
export function isRoomSlug(text: string): boolean {
  return /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/.test(text);
}
