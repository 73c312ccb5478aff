import { z } from "zod";

/** Line breaks, tabs and other control characters forge lines of a log, and PostgreSQL stores no U+0000 at all. */
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029]*$/u;

/** White space of any script, what is drawn as nothing (zero-width spaces, fillers, marks of direction), and the empty Braille cell. */
const UNSEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]*$/u;

/** Whether nothing of a text would be seen: whoever reads it takes it for no text at all. */
export function looksEmpty(text: string): boolean {
  return UNSEEN.test(text);
}

/** A text of one line of at most `max` characters, without the spaces around it. */
export const oneLine = (max: number, tooLong?: string) =>
  z.string().trim().max(max, tooLong).regex(ONE_LINE, "control_characters");
