import { z } from "zod";

/** The answer of `GET /api/external/me`. */
export const tokenDescription = z
  .strictObject({
    client_id: z.string(),
    application: z.string().meta({ description: "Its name in the portal." }),
    person: z
      .strictObject({ id: z.uuid().meta({ description: "The subject of the token." }), email: z.email() })
      .meta({ description: "The person acted for." }),
    scopes: z
      .array(z.string())
      .meta({ description: "What the token is good for now, which may be less than when it was issued." }),
    token_expires_at: z.iso.datetime(),
    credential_ends_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the secret or key that obtained the token stops working; null when no end is set." }),
  })
  .meta({ id: "TokenDescription" });

export type TokenDescription = z.output<typeof tokenDescription>;
