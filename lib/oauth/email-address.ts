export type EmailAddressOptions = {
  /**
   * A name without a dot, or one that ends in a number, is one too (`admin@localhost`): for staff, whose address is what they
   * type to sign in. An application acts for nobody there.
   */
  allowDotless?: boolean;
};

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
 *
 * People and staff are read by this one function: that applications do not act for staff is decided by comparing the two.
 */
export function parseEmailAddress(
  text: string,
  { allowDotless = false }: EmailAddressOptions = {},
): EmailAddress | undefined {
  // NFKC expands one code point to at most 18, so this bounds the work without refusing a valid address.
  if (text.length > ADDRESS_LENGTH_MAX) return undefined;
  const folded = text.normalize("NFKC");
  // Checked before lower-casing: some letters, such as U+0130, have an ASCII lower case.
  if (!/^[\x21-\x7E]+$/.test(folded) || folded.length > ADDRESS_LENGTH_MAX) return undefined;
  const [local, domain, ...rest] = folded.toLowerCase().split("@");
  if (local === undefined || domain === undefined || rest.length > 0) return undefined;
  if (local.length > LOCAL_LENGTH_MAX || !LOCAL.test(local)) return undefined;
  if (!isDomainName(domain, allowDotless)) return undefined;
  return { address: `${local}@${domain}`, local, domain };
}

/** The domain of an address in its canonical form: that holds exactly one `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** At least two letter-digit-hyphen labels (RFC 1123 §2.1); a numeric last label is an IP address, not a domain. */
function isDomainName(domain: string, allowDotless: boolean): boolean {
  const labels = domain.split(".");
  if (!labels.every((label) => LABEL.test(label))) return false;
  return allowDotless || (labels.length >= 2 && !/^[0-9]+$/.test(labels.at(-1) ?? ""));
}
