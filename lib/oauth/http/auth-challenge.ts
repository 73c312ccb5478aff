// RFC 9110 §5.6.4 without obs-text: what a header built from configuration may hold.
const QUOTABLE = /^[\x20-\x7E]*$/;

/**
 * `text` as an HTTP quoted-string. Throws TypeError on anything but printable ASCII: such a value could split a header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4
 */
export function quoteString(text: string): string {
  if (!QUOTABLE.test(text)) throw new TypeError("A header value may hold printable ASCII only");
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * The `WWW-Authenticate` value of the token endpoint.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function basicChallenge(realm: string): string {
  return `Basic realm=${quoteString(realm)}`;
}

export type AuthorizationHeader = {
  /** Lower-cased: RFC 9110 §11.1 makes the scheme case-insensitive. */
  scheme: string;
  /** Everything after the first run of spaces; empty when nothing follows. */
  credentials: string;
};

/** Splits an `Authorization` value into scheme and credentials; `undefined` when the header is absent or empty. */
export function parseAuthorizationHeader(headers: Pick<Headers, "get">): AuthorizationHeader | undefined {
  const value = headers.get("authorization");
  if (value === null || value === "") return undefined;
  const end = value.search(/\s/);
  if (end === -1) return { scheme: value.toLowerCase(), credentials: "" };
  return { scheme: value.slice(0, end).toLowerCase(), credentials: value.slice(end).replace(/^ +/, "") };
}
