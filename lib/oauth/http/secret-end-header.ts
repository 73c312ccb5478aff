/** The field that tells the holder of a secret when it stops working. */
export const SECRET_ENDS_HEADER = "Vestibule-Secret-Ends";

/**
 * The header of a successful answer that announces the end of the secret which obtained it, as an HTTP date (RFC 9110
 * §5.6.7), which every HTTP library can read; no header when there is nothing to announce.
 *
 * `Sunset` (RFC 8594) and `Deprecation` (RFC 9745) are about the resource that answers. This endpoint goes nowhere, and
 * a client that acts upon them would give it up: so a name of its own, without `X-` (RFC 6648). Refusals never carry it:
 * only who holds the secret learns anything about it.
 */
export function secretEndHeader(endsAt: Date | null): Record<string, string> {
  return endsAt === null ? {} : { [SECRET_ENDS_HEADER]: endsAt.toUTCString() };
}
