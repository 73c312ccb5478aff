/** What an address says last, wherever its controls stand: the order in which the server writes it. */
const LAST = ["sort", "dir", "perPage"];

/**
 * Returns the query that a form of a list stands for, without what is empty or the default, in the order in which the
 * server writes it, so that one state has one address. Texts are trimmed, as the server trims them.
 */
export function withoutDefaults(form: FormData, defaults: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams();
  const entries = [...form].sort(([one], [other]) => LAST.indexOf(one) - LAST.indexOf(other));
  for (const [name, value] of entries) {
    if (typeof value !== "string") continue;
    const text = value.trim();
    if (text !== "" && text !== defaults[name]) search.append(name, text);
  }
  // The zone in which moments were written means nothing without one.
  if (!search.has("from") && !search.has("to")) search.delete("zone");
  return search.toString();
}

/** Returns a query as pages get it: a list for what is said more than once. */
export function toSearchParams(query: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
