import { type RandomBytes, randomText } from "@/lib/random";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^43 > 2^256: enough digits for every 32 byte value. */
const DIGITS_OF_256_BITS = 43;

/** Returns `length` uniformly distributed base62 characters, drawn from `randomBytes`. */
export function randomBase62(length: number, randomBytes: RandomBytes): string {
  return randomText(length, ALPHABET, randomBytes);
}

/** Writes 32 bytes, read as one big-endian number, as exactly 43 base62 digits. */
export function encodeBase62(digest: Buffer): string {
  let rest = BigInt(`0x${digest.toString("hex")}`);
  let text = "";
  for (let index = 0; index < DIGITS_OF_256_BITS; index += 1) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
