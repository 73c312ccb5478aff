import { z } from "zod";
import { SCOPES } from "@/lib/applications/scopes";
import { GRANT_TYPES } from "@/lib/oauth/client/client-metadata";

/** The address is taken as it is: what the token endpoint says of a malformed one is part of the answer. */
export const accessFormSchema = z.strictObject({
  email: z.string().trim().min(1, "person_email_required").max(300, "person_email_invalid"),
  scopes: z.array(z.enum(SCOPES, "scope_unknown")),
  grantType: z.enum(GRANT_TYPES, "grant_type_unknown"),
});

export const accessQuestionSchema = accessFormSchema.extend({ applicationId: z.uuid("not_found") });
