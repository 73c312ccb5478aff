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

/** What is asked: would this application get a token that acts for this person, and what for? */
export const accessQuestionSchema = accessFormSchema.extend({ applicationId: z.uuid("not_found") });

export type AccessQuestion = Omit<z.output<typeof accessQuestionSchema>, "scopes"> & { scopes: readonly string[] };
