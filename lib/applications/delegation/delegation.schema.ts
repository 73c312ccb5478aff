import { z } from "zod";
import { domainPolicyFields, domainSchema, listedNeedsDomains } from "@/lib/applications/application.schema";
import { parseEmailAddress } from "@/lib/oauth/email-address";

/** Allow and deny list of one application together. */
export const PERSON_RULES_MAX = 500;

const PERSON_RULE_EFFECTS = ["allow", "deny"] as const;
export type PersonRuleEffect = (typeof PERSON_RULE_EFFECTS)[number];

/**
 * An address in the one spelling under which a person is known, by the same parser that reads it in a token request.
 */
const personEmailSchema = z.string().transform((text, context) => {
  const email = parseEmailAddress(text.trim());
  if (email !== undefined) return email.address;
  context.addIssue({ code: "custom", message: "person_email_invalid" });
  return z.NEVER;
});

const applicationId = z.uuid("not_found");
/** The name of the application, typed to say that one means it. */
const confirmation = z.string().trim().max(255, "application_name_differs");

/** What a link to the page may fill in: a domain, and somebody to allow. What is wrong is left out. */
export const delegationLinkParams = z.object({
  domain: domainSchema.optional().catch(undefined),
  allow: personEmailSchema.optional().catch(undefined),
});

/** What the form asks; which verb is called depends on the choice. */
export const domainsFormSchema = z
  .strictObject(domainPolicyFields)
  .refine(listedNeedsDomains.check, listedNeedsDomains.params);

export const setAllowedDomainsSchema = z.strictObject({
  applicationId,
  domains: domainPolicyFields.domains.refine((domains) => domains.length > 0, "domains_required"),
});

/** A list that somebody thinks about: none is every domain. */
export const previewDomainsSchema = z.strictObject({ applicationId, domains: domainPolicyFields.domains });

export const allowAnyDomainSchema = z.strictObject({ applicationId, confirmation });

export const personListSchema = z.strictObject({
  emails: z
    .array(personEmailSchema)
    .min(1, "person_email_required")
    .max(PERSON_RULES_MAX, "person_rules_too_many")
    .transform((emails) => [...new Set(emails)].sort()),
});

export const addPersonRulesSchema = personListSchema.extend({ applicationId, effect: z.enum(PERSON_RULE_EFFECTS) });

export const removePersonRuleSchema = z.strictObject({ applicationId, ruleId: z.uuid("not_found") });

export const clearAllowListSchema = z.strictObject({ applicationId, confirmation });

export type DomainsFormInput = z.input<typeof domainsFormSchema>;
export type SetAllowedDomains = z.output<typeof setAllowedDomainsSchema>;
export type PreviewDomains = z.output<typeof previewDomainsSchema>;
export type AllowAnyDomain = z.output<typeof allowAnyDomainSchema>;
export type AddPersonRules = z.output<typeof addPersonRulesSchema>;
export type RemovePersonRule = z.output<typeof removePersonRuleSchema>;
export type ClearAllowList = z.output<typeof clearAllowListSchema>;
