import { type RandomBytes, randomText } from "@/lib/random";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^43 > 2^256: enough digits for every 32 byte value. */
const DIGITS_OF_256_BITS = 43;
/** As many digits as a number holds exactly: dividing a BigInt costs more than all the rest. */
const DIGITS_AT_ONCE = 8;
const RADIX_AT_ONCE = 62n ** BigInt(DIGITS_AT_ONCE);

/** Returns `length` uniformly distributed base62 characters, drawn from `randomBytes`. */
export function randomBase62(length: number, randomBytes: RandomBytes): string {
  return randomText(length, ALPHABET, randomBytes);
}

/** Writes 32 bytes, read as one big-endian number, as exactly 43 base62 digits. */
export function encodeBase62(digest: Buffer): string {
  let rest = BigInt(`0x${digest.toString("hex")}`);
  let text = "";
  while (text.length < DIGITS_OF_256_BITS) {
    let digits = Number(rest % RADIX_AT_ONCE);
    rest /= RADIX_AT_ONCE;
    for (let index = 0; index < DIGITS_AT_ONCE; index += 1) {
      text = ALPHABET.charAt(digits % 62) + text;
      digits = Math.floor(digits / 62);
    }
  }
  // What stands before them are zeros.
  return text.slice(-DIGITS_OF_256_BITS);
}
