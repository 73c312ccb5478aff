import { z } from "zod";
import { SCOPES } from "@/lib/applications/scopes";
import { GRANT_TYPES } from "@/lib/oauth/client/client-metadata";

/** The address is taken as it is: what the token endpoint says of a malformed one is part of the answer. */
export const accessFormSchema = z.strictObject({
  email: z.string().trim().min(1, "person_email_required").max(300, "person_email_invalid"),
  /** None asks for everything that the application has. */
  scopes: z.array(z.enum(SCOPES, "scope_unknown")).max(SCOPES.length, "invalid"),
  grantType: z.enum(GRANT_TYPES, "grant_type_unknown"),
});

export type AccessForm = z.output<typeof accessFormSchema>;

/** What a link to the form may fill in: `email`, and `scope` as often as there are some. What is wrong is left out. */
export const accessLinkParams = z
  .object({
    email: z.string().trim().max(300).catch(""),
    scope: z
      .unknown()
      .optional()
      .transform((given) => SCOPES.filter((scope) => [given].flat().includes(scope))),
  })
  .transform(({ email, scope }) => ({ email, scopes: scope }));

/** What is asked: would this application get a token that acts for this person, and what for? */
export const accessQuestionSchema = accessFormSchema.extend({ applicationId: z.uuid("not_found") });

export type AccessQuestion = Omit<z.output<typeof accessQuestionSchema>, "scopes"> & { scopes: readonly string[] };
