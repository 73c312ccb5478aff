import "server-only";

import { randomBytes } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** Draws uniformly from `alphabet`: bytes that would favour its first characters are thrown away. */
function randomText(length: number, alphabet: string, random: (size: number) => Uint8Array): string {
  const unbiased = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random(length)) {
      if (byte < unbiased && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

/** A new room slug, `xxx-xxxx-xxx` in lower-case letters: 47 bits, short enough to be said on the telephone. */
export function generateRoomSlug(random: (size: number) => Uint8Array = randomBytes): string {
  const letters = randomText(10, LETTERS, random);
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}

/** A new PIN with which somebody joins by telephone. */
export function generatePinCode(length: number, random: (size: number) => Uint8Array = randomBytes): string {
  return randomText(length, DIGITS, random);
}

/** Whether `text` has the shape of a slug, so that nothing else is ever looked up. */
export function isRoomSlug(text: string): boolean {
  return /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/.test(text);
}
