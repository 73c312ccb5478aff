const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE = ALPHABET.length;
/** The largest multiple of 62 that fits a byte: bytes from here on would favour the first characters (modulo bias). */
const UNBIASED_LIMIT = 256 - (256 % BASE);
/** 62^43 > 2^256: enough digits for every 32 byte value. */
const DIGITS_OF_256_BITS = 43;

/** Returns `length` uniformly distributed base62 characters, each drawn by rejection sampling from `randomBytes`. */
export function randomBase62(length: number, randomBytes: (size: number) => Uint8Array): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < UNBIASED_LIMIT && text.length < length) text += ALPHABET.charAt(byte % BASE);
    }
  }
  return text;
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
