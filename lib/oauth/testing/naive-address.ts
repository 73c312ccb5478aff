// A second opinion for the property tests: mailbox, domain and scope grammar, one character after the other.
import { asciiLower } from "./naive-encodings";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ATOM_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

/** RFC 5321 §4.1.2 without quoted local parts and address literals, folded first; `undefined` when it is no mailbox. */
export function naiveAddress(text: string): { local: string; domain: string } | undefined {
  if (text.length > 254) return undefined;
  const folded = text.normalize("NFKC");
  if (folded.length > 254) return undefined;
  const address = asciiLower(folded);
  let at = -1;
  for (let index = 0; index < address.length; index += 1) {
    if (address.charAt(index) !== "@") continue;
    if (at !== -1) return undefined;
    at = index;
  }
  const local = address.slice(0, at);
  const domain = naiveDomain(address.slice(at + 1));
  if (at === -1 || !isDotString(local) || !isDomain(domain)) return undefined;
  return local.length + 1 + domain.length > 254 ? undefined : { local, domain };
}

/** The empty text when there is no such name. */
function naiveDomain(name: string): string {
  let isAscii = true;
  for (const point of name) {
    const code = point.codePointAt(0) ?? 0;
    if (code > 0x7e) isAscii = false;
    if (!/^[\p{L}\p{M}\p{N}.-]$/u.test(point)) return "";
  }
  if (isAscii) return name;
  const marked = `.${name}.`;
  if (marked.includes(".-") || marked.includes("-.")) return "";
  try {
    return new URL(`wss://user@${name}:1/`).hostname;
  } catch {
    return "";
  }
}

function isDotString(local: string): boolean {
  if (local.length > 64) return false;
  return splitAt(local, ".").every((atom) => atom !== "" && consistsOf(atom, LETTERS_AND_DIGITS + ATOM_SYMBOLS));
}

function isDomain(domain: string): boolean {
  const labels = splitAt(domain, ".");
  for (const label of labels) {
    if (label === "" || label.length > 63 || !consistsOf(label, `${LETTERS_AND_DIGITS}-`)) return false;
    if (label.charAt(0) === "-" || label.charAt(label.length - 1) === "-") return false;
  }
  return labels.length > 1 && !consistsOf(labels[labels.length - 1] ?? "", "0123456789");
}

/** Equality of domains, one character after the other. */
export function naiveIsAllowed(domain: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  for (const entry of allowed) {
    let equal = entry.length === domain.length;
    for (let at = 0; at < domain.length; at += 1) if (entry.charCodeAt(at) !== domain.charCodeAt(at)) equal = false;
    if (equal) return true;
  }
  return false;
}

export type NaiveScope = { subject: { local: string; domain: string }; requested: string[] } | { refused: string };

/** RFC 6749 §3.3, and exactly one token that is a mailbox. A refusal names its reason. */
export function naiveScope(scope: string): NaiveScope {
  const tokens = splitAt(scope, " ");
  for (const token of tokens) {
    if (token === "") return { refused: "scope_malformed" };
    for (let at = 0; at < token.length; at += 1) {
      const code = token.charCodeAt(at);
      if (code < 0x21 || code > 0x7e || code === 0x22 || code === 0x5c) return { refused: "scope_malformed" };
    }
  }
  const people: string[] = [];
  const requested: string[] = [];
  for (const token of tokens) (consistsOfNo(token, "@") ? requested : people).push(token);
  if (people.length === 0) return { refused: "subject_missing" };
  if (people.length > 1) return { refused: "subject_repeated" };
  const subject = naiveAddress(people[0] ?? "");
  return subject === undefined ? { refused: "subject_malformed" } : { subject, requested };
}

/** The granted scopes that are asked for, in the order of `supported`; `undefined` when one is not granted. */
export function naiveNarrow(requested: string[], granted: string[], supported: string[]): string[] | undefined {
  const result: string[] = [];
  for (const scope of supported) {
    let isGranted = false;
    let isRequested = requested.length === 0;
    for (const other of granted) if (other === scope) isGranted = true;
    for (const other of requested) if (other === scope) isRequested = true;
    if (isGranted && isRequested) result.push(scope);
  }
  for (const scope of requested) {
    let isKept = false;
    for (const other of result) if (other === scope) isKept = true;
    if (!isKept) return undefined;
  }
  return result;
}

function splitAt(text: string, separator: string): string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === separator) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function consistsOf(text: string, alphabet: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!alphabet.includes(text.charAt(at))) return false;
  return true;
}

function consistsOfNo(text: string, character: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charAt(at) === character) return false;
  return true;
}
