// A second opinion for the property tests: the same definitions, written from the documents with loops and nothing else.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEXADECIMAL = "0123456789abcdef";

/** RFC 4648 §4 with §3.5 enforced: bytes, or `undefined`. */
export function naiveBase64(text: string): number[] | undefined {
  if (text.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  for (let group = 0; group < text.length; group += 4) {
    let bits = 0;
    let padding = 0;
    for (let at = group; at < group + 4; at += 1) {
      const digit = DIGITS.indexOf(text.charAt(at));
      if (digit >= 0 && padding === 0) bits = bits * 64 + digit;
      else if (text.charAt(at) === "=" && at >= text.length - 2) {
        padding += 1;
        bits *= 64;
      } else return undefined;
    }
    const triple = [bits >> 16, (bits >> 8) % 256, bits % 256];
    for (let at = 0; at < 3; at += 1) {
      const byte = triple[at] ?? 0;
      if (at < 3 - padding) bytes.push(byte);
      else if (byte !== 0) return undefined;
    }
  }
  return bytes;
}

/** RFC 3629 §4: text, or `undefined`. */
export function naiveUtf8(bytes: readonly number[]): string | undefined {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || at + length > bytes.length) return undefined;
    let point = length === 1 ? first : first % (1 << (7 - length));
    for (let next = at + 1; next < at + length; next += 1) {
      const byte = bytes[next] ?? 0;
      if (byte < 0x80 || byte > 0xbf) return undefined;
      point = point * 64 + (byte - 0x80);
    }
    const isOverlong = (length === 3 && point < 0x800) || (length === 4 && point < 0x10000);
    if (isOverlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return undefined;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

/** RFC 6749 appendix B: one decoded component, or `undefined`. A character that is not escaped stands for itself. */
export function naiveFormComponent(text: string): string | undefined {
  let decoded = "";
  let escaped: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "%") {
      const high = HEXADECIMAL.indexOf(asciiLower(text.charAt(at + 1) || "?"));
      const low = HEXADECIMAL.indexOf(asciiLower(text.charAt(at + 2) || "?"));
      if (high < 0 || low < 0) return undefined;
      escaped.push(high * 16 + low);
      at += 2;
      continue;
    }
    const run = naiveUtf8(escaped);
    if (run === undefined) return undefined;
    decoded += run + (character === "+" ? " " : character);
    escaped = [];
  }
  return decoded;
}

/** All pairs of a form in order, or `undefined`. */
export function naiveForm(text: string): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && text.charAt(at) !== "&") continue;
    let equals = start;
    while (equals < at && text.charAt(equals) !== "=") equals += 1;
    const name = naiveFormComponent(text.slice(start, equals));
    const value = naiveFormComponent(text.slice(Math.min(equals + 1, at), at));
    if (name === undefined || value === undefined) return undefined;
    if (at > start) pairs.push([name, value]);
    start = at + 1;
  }
  return pairs;
}

/** RFC 7617 §2 and RFC 6749 §2.3.1: the two halves, or `undefined` for everything that proves nobody. */
export function naiveBasic(authorization: string): { clientId: string; clientSecret: string } | undefined {
  let at = 0;
  while (at < authorization.length && authorization.charAt(at) !== " ") at += 1;
  if (asciiLower(authorization.slice(0, at)) !== "basic") return undefined;
  while (authorization.charAt(at) === " ") at += 1;
  const bytes = naiveBase64(authorization.slice(at));
  const text = bytes === undefined ? undefined : naiveUtf8(bytes);
  if (text === undefined) return undefined;
  for (let colon = 0; colon < text.length; colon += 1) {
    if (text.charAt(colon) !== ":") continue;
    const clientId = naiveFormComponent(text.slice(0, colon));
    const clientSecret = naiveFormComponent(text.slice(colon + 1));
    return isVisible(clientId) && isVisible(clientSecret) ? { clientId, clientSecret } : undefined;
  }
  return undefined;
}

function isVisible(text: string | undefined): text is string {
  if (text === undefined || text === "") return false;
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) < 0x20 || text.charCodeAt(at) > 0x7e) return false;
  return true;
}

/** Lower case for the 26 letters of ASCII alone. */
export function asciiLower(text: string): string {
  let lower = "";
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    lower += String.fromCharCode(code >= 65 && code <= 90 ? code + 32 : code);
  }
  return lower;
}
