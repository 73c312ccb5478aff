/** What opens something here when somebody has it, as it stands in a text that was copied, whole or cut short. */
const SHAPES: readonly RegExp[] = [
  // A client secret: prefix, key id and 43 random characters, tag.
  /_[A-Za-z0-9]{44}_[A-Za-z0-9]{22}/,
  // The beginning of one. A client ID has no underscore, and names have no such words.
  /[A-Za-z0-9]_(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{20,}/,
  // The middle of one: four characters more than a client ID has.
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{44}/,
  // A signed token (RFC 7515): base64url of `{"` begins every header.
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{16,}/,
  /\b(?:Basic|Bearer) +[A-Za-z0-9\-._~+/]{8,}/i,
  // A stored hash, and a private key.
  /\$argon2/,
  /PRIVATE KEY-----/,
  // The token of a one-time link stands in its fragment.
  /#(?:[^#]*=)?[A-Za-z0-9_-]{43}$/,
];

/**
 * Tells whether a text holds what looks like a secret, a token, a private key or a one-time link of this product. Runs
 * in the browser too, before anything is sent.
 */
export function looksLikeSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}
