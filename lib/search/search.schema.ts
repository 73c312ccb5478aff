import { z } from "zod";
import { oneLine } from "@/lib/text";
import { looksLikeSecret } from "./looks-like-secret";
import { SEARCH_PURPOSES, SEARCH_TEXT_LENGTH_MAX } from "./search.types";

/**
 * What the browser sends to be searched for. It refuses what looks like a secret by itself; what comes nevertheless is
 * looked for nowhere.
 */
export const searchSchema = z
  .strictObject({
    q: oneLine(SEARCH_TEXT_LENGTH_MAX).refine((text) => !looksLikeSecret(text)),
    /** Looks for applications alone, to do something with one; an empty text finds those that were used last. */
    purpose: z.enum(SEARCH_PURPOSES).optional(),
  })
  .refine(({ q, purpose }) => q !== "" || purpose !== undefined);

export type SearchInput = z.output<typeof searchSchema>;
