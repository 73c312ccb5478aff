import "server-only";

const ADDRESS_LENGTH_MAX = 254;
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * Returns the one spelling under which a member of staff is known, or `undefined` for what is not an e-mail address.
 *
 * Compatibility characters are folded (NFKC) before anything is checked, never after: folding later could turn U+FF20
 * into a second `@`. What is not ASCII then is refused. Unlike the people applications act for, staff may live under a
 * name without a dot (`admin@localhost`): the address is what they type to sign in, nobody's domain is derived from it.
 */
export function parseStaffEmail(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > ADDRESS_LENGTH_MAX) return undefined;
  const folded = trimmed.normalize("NFKC");
  // Checked before lower-casing: some letters, such as U+0130, have an ASCII lower case.
  if (!/^[\x21-\x7E]+$/.test(folded) || folded.length > ADDRESS_LENGTH_MAX) return undefined;
  const address = folded.toLowerCase();
  const [local, domain, ...rest] = address.split("@");
  if (local === undefined || domain === undefined || rest.length > 0) return undefined;
  return local.length <= 64 && LOCAL.test(local) && DOMAIN.test(domain) ? address : undefined;
}
