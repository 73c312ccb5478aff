/**
 * For people of which e-mail domains an application may act, lower-case. Any domain is something that somebody says,
 * never what is left when nobody said anything: an empty list is no limit of this type.
 */
export type DomainLimit = "any" | readonly [string, ...string[]];

/** The limit that stored domains stand for. Called where they are read, and nowhere else: none stored means any. */
export function toDomainLimit(stored: readonly string[]): DomainLimit {
  const [first, ...others] = stored;
  return first === undefined ? "any" : [first, ...others];
}

/**
 * Whether an application with this limit may act for `emailDomain`. Exact equality: `example.com` admits neither
 * `sub.example.com` nor `notexample.com`. Both sides are lower-case.
 */
export function isDomainAllowed(emailDomain: string, limit: DomainLimit): boolean {
  return limit === "any" || limit.includes(emailDomain);
}
