/** Prisma's and PostgreSQL's LIKE take patterns: what people type is text, and its `%`, `_` and `\` mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** A filter of Prisma for texts that contain `text`, in upper or lower case. */
export function containing(text: string): { contains: string; mode: "insensitive" } {
  return { contains: escapeLike(text), mode: "insensitive" };
}

/**
 * The patterns of a search in a long list, of which one must match: texts that contain `text` or, for one or two letters
 * or digits, that have a word which begins with it. An index of trigrams answers both; containing less than three
 * characters is what it cannot answer.
 */
export function searchPatterns(text: string): string[] {
  return /^[\p{L}\p{N}]{1,2}$/u.test(text) ? [`${text}%`, `% ${text}%`] : [`%${escapeLike(text)}%`];
}
