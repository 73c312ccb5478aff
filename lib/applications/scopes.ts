/** Every scope the external API knows, in the order in which they are shown and issued. */
export const SCOPES = ["rooms:create", "rooms:list", "rooms:retrieve", "rooms:update", "rooms:delete"] as const;

export type Scope = (typeof SCOPES)[number];

/** Tells whether `value` is a scope of the external API. Scopes are case-sensitive (RFC 6749 section 3.3). */
export function isScope(value: string): value is Scope {
  return (SCOPES as readonly string[]).includes(value);
}
