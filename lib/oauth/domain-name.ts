const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAIN_LENGTH_MAX = 253;

/** What a name in letters of the world may consist of: nothing that a URL reads otherwise, and nothing that is invisible. */
const INTERNATIONAL = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * Returns the one spelling of a domain name: lower-case, in ASCII. `bücher.example` becomes `xn--bcher-kva.example`
 * (IDNA, RFC 5891, as the URL Standard applies it). `undefined` for what is no name. What is compared is always this
 * spelling, so a name that looks like another is another one.
 *
 * Compatibility characters are folded (NFKC) first. `text` is no longer than its caller bounds it.
 */
export function toDomainName(
  text: string,
  { allowDotless = false }: { allowDotless?: boolean } = {},
): string | undefined {
  const folded = text.normalize("NFKC");
  const domain = /^[\x21-\x7E]*$/.test(folded) ? folded.toLowerCase() : toAscii(folded);
  if (domain === undefined || domain.length > DOMAIN_LENGTH_MAX) return undefined;
  const labels = domain.split(".");
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  // At least two labels; a numeric last one is an IP address, not a domain (RFC 1123 §2.1).
  return allowDotless || (labels.length >= 2 && !/^[0-9]+$/.test(labels.at(-1) ?? "")) ? domain : undefined;
}

/** The platform's own conversion. It throws for what IDNA refuses: unassigned, mixed in direction, no letter at all. */
function toAscii(name: string): string | undefined {
  if (!INTERNATIONAL.test(name) || /(?:^|\.)-|-(?:\.|$)/.test(name)) return undefined;
  try {
    return new URL(`http://${name}`).hostname;
  } catch {
    return undefined;
  }
}
