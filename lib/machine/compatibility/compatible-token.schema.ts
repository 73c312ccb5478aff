import { z } from "zod";

/** A token as La Suite Meet answers it. */
export const compatibleToken = z.strictObject({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().positive().meta({ description: "Seconds." }),
  scope: z.string().optional().meta({ description: "Absent when the token has no scopes." }),
});

/** A refusal as La Suite Meet writes it: one sentence, or what is wrong with each field. */
export const compatibleRefusal = z
  .object({ detail: z.string().optional(), error: z.string().optional() })
  .catchall(z.unknown())
  .meta({ description: "`detail`, or `error`, or lists of sentences under the names of fields." });
