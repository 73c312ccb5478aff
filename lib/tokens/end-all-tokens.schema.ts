import { z } from "zod";

/** `confirmation`: the name of the installation, typed by whoever is about to end every token of it. */
export const endAllTokensSchema = z.strictObject({
  confirmation: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, "installation_name_differs")
    .max(300, "installation_name_differs"),
});

export type EndAllTokens = z.output<typeof endAllTokensSchema>;
