export type ParameterEntry = readonly [name: string, value: string];

/**
 * Decodes one `application/x-www-form-urlencoded` component: `+` is a space and `%XX` are bytes of UTF-8.
 * Returns `undefined` for a broken escape or bytes that are not UTF-8, where URLSearchParams would guess.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-B
 */
export function decodeFormComponent(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** All pairs of a form in order, repeated names included; `undefined` when any component is not valid. */
export function parseForm(text: string): ParameterEntry[] | undefined {
  const entries: ParameterEntry[] = [];
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormComponent(equals === -1 ? pair : pair.slice(0, equals));
    const value = decodeFormComponent(equals === -1 ? "" : pair.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    entries.push([name, value]);
  }
  return entries;
}
