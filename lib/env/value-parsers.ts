import "server-only";

import type { MasterKey } from "@/lib/secrets/secret-format";

/** Reads one value. Throws `ValueError`, whose reason says what is expected and never repeats the value. */
export type ValueParser<Value> = (text: string) => Value;

/** What is wrong with a value, in words that may be printed anywhere. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

const LOOPBACK_HOST = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const MASTER_KEY_BYTES_MIN = 32;

/** Tells whether a URL's host name can only mean this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname.toLowerCase());
}

/** Takes any text of `min` to `max` characters that `pattern` matches, if one is given. */
export function text(expected: string, { min = 1, max = 1024, pattern = /^/ } = {}): ValueParser<string> {
  return (value) => {
    if (value.length < min || value.length > max || !pattern.test(value)) throw new ValueError(expected);
    return value;
  };
}

export function integer(min: number, max: number): ValueParser<number> {
  return (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) throw new ValueError(`must be a whole number from ${min} to ${max}`);
    return number;
  };
}

export function oneOf<const Value extends string>(...values: readonly Value[]): ValueParser<Value> {
  return (value) => {
    const found = values.find((known) => known === value);
    if (found === undefined) throw new ValueError(`must be one of: ${values.join(", ")}`);
    return found;
  };
}

export const boolean: ValueParser<boolean> = (value) => {
  if (/^(?:true|1)$/i.test(value)) return true;
  if (/^(?:false|0)$/i.test(value)) return false;
  throw new ValueError("must be true or false");
};

/**
 * An http or https URL; plain http only where the traffic never leaves this machine. Returned without a trailing slash.
 */
export const webUrl: ValueParser<string> = (value) => {
  const url = parseUrl(value, ["http:", "https:"], "must be an absolute http or https URL");
  if (url.search !== "" || url.hash !== "") throw new ValueError("must not have a query or a fragment");
  if (url.username !== "" || url.password !== "") throw new ValueError("must not hold a user name or a password");
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    throw new ValueError("must be https; plain http is for loopback hosts only");
  }
  return url.href.replace(/\/+$/, "");
};

/** A web URL without a path. */
export const webOrigin: ValueParser<string> = (value) => {
  const url = webUrl(value);
  if (new URL(url).pathname !== "/") throw new ValueError("must be an origin: a path is not supported");
  return url;
};

/** `kid:key[,kid:key…]`, newest first: each kid one letter or digit, each key base64url of at least 32 bytes. */
export const masterKeys: ValueParser<MasterKey[]> = (value) => {
  const keys = value.split(",").map((entry, index): MasterKey => {
    const [, kid, encoded] = /^\s*([A-Za-z0-9]):([A-Za-z0-9_-]+)\s*$/.exec(entry) ?? [];
    if (kid === undefined || encoded === undefined) {
      throw new ValueError(`entry ${index + 1} must be KID:KEY, where KID is one letter or digit and KEY is base64url`);
    }
    const key = new Uint8Array(Buffer.from(encoded, "base64url"));
    if (key.byteLength < MASTER_KEY_BYTES_MIN) {
      throw new ValueError(`entry ${index + 1} must have a key of at least ${MASTER_KEY_BYTES_MIN} bytes`);
    }
    return { kid, key };
  });
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new ValueError("uses a KID twice");
  return keys;
};

function parseUrl(value: string, protocols: readonly string[], expected: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !protocols.includes(url.protocol) || url.hostname === "") throw new ValueError(expected);
  return url;
}
