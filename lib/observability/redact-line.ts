import "server-only";

const REPLACEMENT = "[redacted]";

/** What a secret of ours looks like anywhere in a text. Names change, shapes do not. */
const SECRET_SHAPES: readonly RegExp[] = [
  // A stored hash.
  /\$argon2(?:id|i|d)\$[A-Za-z0-9$=,+/]+/g,
  // A signed token (RFC 7515): base64url of `{"` begins every header.
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  /\b(Basic|Bearer) +[A-Za-z0-9\-._~+/]{8,}=*/gi,
];

/** A client secret: prefix, key id and 43 random characters, tag. */
const CLIENT_SECRET = /[A-Za-z0-9_]{1,32}_[A-Za-z0-9]{44}_[A-Za-z0-9]{22}/g;
/** Its end alone, which begins with a fixed character: that is looked for in every line, at a twentieth of the cost. */
const CLIENT_SECRET_END = /_[A-Za-z0-9]{44}_[A-Za-z0-9]{22}/;

/**
 * Takes out of a finished log line whatever has the shape of a secret, and escapes the characters that JSON leaves as
 * they are but that a terminal or a log viewer takes for a line break or a command (U+007F–U+009F, U+2028, U+2029).
 *
 * The last fence, not the first: what is secret should not be handed to the log at all.
 */
export function redactLine(line: string): string {
  let redacted = CLIENT_SECRET_END.test(line) ? line.replace(CLIENT_SECRET, REPLACEMENT) : line;
  for (const shape of SECRET_SHAPES) redacted = redacted.replace(shape, REPLACEMENT);
  return redacted.replace(/[\u007f-\u009f\u2028\u2029]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
