import { z } from "zod";

/** `confirmation`: the name of the installation, typed by whoever is about to revoke every token of it. */
export const revokeAllTokensSchema = z.strictObject({
  confirmation: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, "installation_name_differs")
    .max(300, "installation_name_differs"),
});

export type RevokeAllTokens = z.output<typeof revokeAllTokensSchema>;
