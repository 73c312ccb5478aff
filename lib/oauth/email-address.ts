import { toDomainName } from "./domain-name";

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

/**
 * Parses a mailbox into its canonical form, or `undefined` when it is not one: lower-case, the domain in ASCII
 * (`toDomainName`). Whoever may live under a name without a dot, such as `admin@localhost`, is parsed with
 * `allowDotless`.
 *
 * Compatibility characters are folded (NFKC) before anything is checked, never after: folding later could turn U+FF20
 * into a second `@` and move the domain. A local part that is not ASCII then is refused. Lengths are those of RFC 5321
 * §4.5.3.1.
 *
 * People and staff are read by this one function: that applications do not act for staff is decided by comparing the
 * two.
 */
export function parseEmailAddress(
  text: string,
  { allowDotless = false }: { allowDotless?: boolean } = {},
): EmailAddress | undefined {
  // NFKC expands one code point to at most 18, so this bounds the work without refusing a valid address.
  if (text.length > ADDRESS_LENGTH_MAX) return undefined;
  const folded = text.normalize("NFKC");
  if (folded.length > ADDRESS_LENGTH_MAX) return undefined;
  const [typed, name, ...rest] = folded.split("@");
  if (typed === undefined || name === undefined || rest.length > 0) return undefined;
  // Checked before lower-casing: some letters, such as U+0130, have an ASCII lower case.
  if (!/^[\x21-\x7E]+$/.test(typed)) return undefined;
  const local = typed.toLowerCase();
  const domain = toDomainName(name, { allowDotless });
  if (domain === undefined || local.length > LOCAL_LENGTH_MAX || !LOCAL.test(local)) return undefined;
  const address = `${local}@${domain}`;
  return address.length > ADDRESS_LENGTH_MAX ? undefined : { address, local, domain };
}

/** The domain of an address in its canonical form: that holds exactly one `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
