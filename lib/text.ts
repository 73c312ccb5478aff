import { z } from "zod";

/**
 * For a character class of a `u` pattern: what forges. Line breaks, tabs and other control characters forge lines of a
 * log, and PostgreSQL stores no U+0000 at all; what turns the direction of writing around lets a name look like another
 * (UAX #9 §2). Marks of direction, which turn nothing around, are not among them.
 */
export const FORGING = "\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069";

export const ONE_LINE = new RegExp(`^[^${FORGING}]*$`, "u");

/** White space of any script, what is drawn as nothing (zero-width spaces, fillers, marks of direction), and the empty Braille cell. */
const UNSEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]*$/u;

/** Whether nothing of a text would be seen: whoever reads it takes it for no text at all. */
export function looksEmpty(text: string): boolean {
  return UNSEEN.test(text);
}

/** A text of one line of at most `max` characters, without the spaces around it; empty when nothing of it would be seen. */
export const oneLine = (max: number, tooLong?: string) =>
  z
    .string()
    .trim()
    .overwrite((text) => (looksEmpty(text) && ONE_LINE.test(text) ? "" : text))
    .max(max, tooLong)
    .regex(ONE_LINE, "control_characters");
