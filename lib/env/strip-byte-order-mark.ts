import "server-only";

/** Takes away the mark that some editors and shells write before the first character of a file (U+FEFF). */
export function stripByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
