export type EmailAddress = {
  /** `local@domain`, lower-case: the one spelling under which a person is known. */
  address: string;
  local: string;
  domain: string;
};

const ADDRESS_LENGTH_MAX = 254;
const LOCAL_LENGTH_MAX = 64;

// RFC 5321 §4.1.2 Dot-string; quoted local parts are left out because nothing good was ever addressed that way.
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Parses a mailbox into its canonical lower-case form, or `undefined` when it is not one.
 *
 * Compatibility characters are folded (NFKC) before anything is checked, never after: folding later could turn U+FF20
 * into a second `@` and move the domain. What is not ASCII then is refused, so an internationalised domain must come
 * as punycode. Lengths are those of RFC 5321 §4.5.3.1.
 */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  // NFKC expands one code point to at most 18, so this bounds the work without refusing a valid address.
  if (text.length > ADDRESS_LENGTH_MAX) return undefined;
  const folded = text.normalize("NFKC");
  // Checked before lower-casing: some letters, such as U+0130, have an ASCII lower case.
  if (!/^[\x21-\x7E]+$/.test(folded) || folded.length > ADDRESS_LENGTH_MAX) return undefined;
  const [local, domain, ...rest] = folded.toLowerCase().split("@");
  if (local === undefined || domain === undefined || rest.length > 0) return undefined;
  if (local.length > LOCAL_LENGTH_MAX || !LOCAL.test(local) || !isDomainName(domain)) return undefined;
  return { address: `${local}@${domain}`, local, domain };
}

/** The domain of an address in its canonical form: that holds exactly one `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** At least two letter-digit-hyphen labels (RFC 1123 §2.1); a numeric last label is an IP address, not a domain. */
function isDomainName(domain: string): boolean {
  const labels = domain.split(".");
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^[0-9]+$/.test(labels.at(-1) ?? "");
}
