/** A JSON object as a Map: a member called `__proto__` is a key like any other. */
export type JsonObject = ReadonlyMap<string, unknown>;

/** Containers inside one another that a text may open. Nothing that is read here needs a fifth of it. */
export const JSON_DEPTH_MAX = 32;

/**
 * Parses a JSON object whose member names are unique at every depth (RFC 7493 §2.3), and which is no deeper than
 * JSON_DEPTH_MAX (RFC 8259 §9): what walks it later may call itself for each container. Names are compared after
 * decoding: `"scop\u0065"` repeats `"scope"`. Returns `undefined` for anything else.
 *
 * The parser's own error is dropped on purpose: its message quotes the text, and the text may hold a secret.
 */
export function parseJsonObject(text: string): JsonObject | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isTooDeepOrRepeats(text)) return undefined;
  return toJsonObject(value);
}

/** A parsed value as a Map of its members, or `undefined` when it is not an object. */
export function toJsonObject(value: unknown): JsonObject | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map<string, unknown>(Object.entries(value));
}

/** An object that is being walked through. */
type OpenObject = {
  /** Names seen so far. */
  names: Set<unknown>;
  /** True between `{` or `,` and the member name. */
  expectsName: boolean;
};

/** Whether a container is too deep or a name repeated. Walks `text`, which must be valid JSON already: that is why nothing but strings and brackets is looked at. */
function isTooDeepOrRepeats(text: string): boolean {
  // Nothing has to be known of an array.
  const open: (OpenObject | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const object = open.at(-1);
    if (character === "{") open.push({ names: new Set(), expectsName: true });
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === "," && object !== undefined) object.expectsName = true;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (object?.expectsName) {
        const name: unknown = JSON.parse(text.slice(at, end + 1));
        if (object.names.has(name)) return true;
        object.names.add(name);
        object.expectsName = false;
      }
      at = end;
    }
    if (open.length > JSON_DEPTH_MAX) return true;
  }
  return false;
}

/** Index of the quotation mark that closes the string opened at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return at;
}
