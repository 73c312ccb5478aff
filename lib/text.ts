import { z } from "zod";

/** Line breaks, tabs and other control characters forge lines of a log, and PostgreSQL stores no U+0000 at all. */
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029]*$/u;

/** A text of one line of at most `max` characters, without the spaces around it. */
export const oneLine = (max: number, tooLong?: string) =>
  z.string().trim().max(max, tooLong).regex(ONE_LINE, "control_characters");
