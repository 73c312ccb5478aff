import { z } from "zod";
import { optional } from "@/lib/list/address-values";
import { oneLine } from "@/lib/text";
import { looksLikeSecret } from "../looks-like-secret";
import { SEARCH_TEXT_LENGTH_MAX } from "../search.types";

/** What the address of the page says: what was looked for, and which of what was found is meant. */
export const incidentParams = z.object({
  q: optional(
    oneLine(SEARCH_TEXT_LENGTH_MAX)
      .min(1)
      .refine((text) => !looksLikeSecret(text)),
  ),
  application: optional(z.uuid()),
  person: optional(z.uuid()),
});

export type IncidentParams = z.output<typeof incidentParams>;
