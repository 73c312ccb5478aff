/** Prisma's and PostgreSQL's LIKE take patterns: what people type is text, and its `%`, `_` and `\` mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** A filter of Prisma for texts that contain `text`, in upper or lower case. */
export function containing(text: string): { contains: string; mode: "insensitive" } {
  return { contains: escapeLike(text), mode: "insensitive" };
}

/** A condition of PostgreSQL on a text, in upper or lower case: `ILIKE`, or `~*` for a regular expression. */
export type SearchPattern = { operator: "ILIKE" | "~*"; pattern: string };

/**
 * One or two letters or digits, or one with other characters behind it. An index of trigrams knows no text that contains
 * them, as it has nothing of what is not a letter or digit, but those that have a word which begins with them.
 */
const BEGINNING = /^(?:[\p{L}\p{N}]{1,2}|[\p{L}\p{N}][^\p{L}\p{N}]+)$/u;

/**
 * What a search in a long list looks for: texts that contain `text` or, where that is too little, that have a word which
 * begins with it. An index of trigrams answers both. Undefined for a text without a letter or digit, which would have
 * the database read every row.
 */
export function searchPattern(text: string): SearchPattern | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  if (!BEGINNING.test(text)) return { operator: "ILIKE", pattern: `%${escapeLike(text)}%` };
  return { operator: "~*", pattern: `(^| )${text.replace(/[!-/:-@[-`{-~]/g, "\\$&")}` };
}
