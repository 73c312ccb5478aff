/** Prisma's and PostgreSQL's LIKE take patterns: what people type is text, and its `%`, `_` and `\` mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** A filter of Prisma for texts that contain `text`, in upper or lower case. */
export function containing(text: string): { contains: string; mode: "insensitive" } {
  return { contains: escapeLike(text), mode: "insensitive" };
}

/** Whether a search for it can use an index of trigrams. If not, reading in the order of the list and stopping early is sooner. */
export function hasTrigram(text: string): boolean {
  return [...text].length >= 3;
}
