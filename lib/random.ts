/** Where random bytes come from; `randomBytes` of node:crypto outside of tests. */
export type RandomBytes = (size: number) => Uint8Array;

/**
 * Draws `length` characters uniformly from `alphabet`, at most 256 of them. Bytes that would favour its first characters
 * (modulo bias) are thrown away.
 */
export function randomText(length: number, alphabet: string, random: RandomBytes): string {
  const unbiased = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random(length)) {
      if (byte < unbiased && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
