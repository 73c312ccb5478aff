import { z } from "zod";
import { PAGE_SIZES } from "@/lib/list/list-address";
import { toDomainName } from "@/lib/oauth/domain-name";
import { oneLine } from "@/lib/text";
import { SCOPES } from "./scopes";

export const NAME_LENGTH_MAX = 255;
export const DESCRIPTION_LENGTH_MAX = 2_000;
export const OWNER_CONTACT_LENGTH_MAX = 255;
export const DOMAINS_MAX = 200;

/** No top-level domain has one letter: it is what is left of a typing mistake. */
const LAST_LABEL = /\.[a-z0-9-]{2,}$/;

/**
 * In the one spelling in which a token request's domain is compared, by the same function. Messages are keys of the
 * `errors` catalogue, so that both languages can say them.
 */
export const domainSchema = z
  .string()
  .trim()
  .min(1, "domain_required")
  .max(253, "domain_too_long")
  .transform((text, context) => {
    const domain = toDomainName(text);
    if (domain !== undefined && LAST_LABEL.test(domain)) return domain;
    context.addIssue({ code: "custom", message: "domain_invalid" });
    return z.NEVER;
  });

/** A text of many lines has line breaks and tabs; the rest is as unwelcome as in one of a single line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the purpose
const MANY_LINES = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/;

const details = {
  name: oneLine(NAME_LENGTH_MAX, "name_too_long").min(1, "name_required"),
  description: z
    .string()
    .trim()
    .max(DESCRIPTION_LENGTH_MAX, "description_too_long")
    .regex(MANY_LINES, "control_characters"),
  ownerContact: oneLine(OWNER_CONTACT_LENGTH_MAX, "owner_contact_too_long"),
  scopes: z
    .array(z.enum(SCOPES, "scope_unknown"))
    .max(SCOPES.length, "invalid")
    .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
};

export const domainPolicyFields = {
  /** "any" is a choice somebody makes, never what is left when a list was forgotten. */
  domainPolicy: z.enum(["any", "listed"], "domain_policy_required"),
  domains: z
    .array(domainSchema)
    .max(DOMAINS_MAX, "domains_too_many")
    .transform((domains) => [...new Set(domains)].sort()),
};

export const listedNeedsDomains = {
  check: (value: { domainPolicy: "any" | "listed"; domains: string[] }) =>
    value.domainPolicy === "any" || value.domains.length > 0,
  params: { path: ["domains"], message: "domains_required" },
};

const withoutUnusedDomains = <Value extends { domainPolicy: "any" | "listed"; domains: string[] }>(value: Value) => ({
  ...value,
  domains: value.domainPolicy === "any" ? [] : value.domains,
});

export const createApplicationSchema = z
  .strictObject({ ...details, ...domainPolicyFields })
  .refine(listedNeedsDomains.check, listedNeedsDomains.params)
  .transform(withoutUnusedDomains);

/** What an edit may change. For whom the application may act is decided on a page of its own. */
const applicationDetailsSchema = z.strictObject(details);

export const updateApplicationSchema = applicationDetailsSchema.extend({ applicationId: z.uuid("not_found") });

export const setApplicationStatusSchema = z.strictObject({ applicationId: z.uuid("not_found"), isActive: z.boolean() });

/** Several at once: as many as a page of the list can show. */
export const setApplicationStatusesSchema = z.strictObject({
  applicationIds: z
    .array(z.uuid("not_found"))
    .min(1, "invalid")
    .max(Math.max(...PAGE_SIZES), "invalid")
    .transform((ids) => [...new Set(ids)]),
  isActive: z.boolean(),
});

export type CreateApplicationInput = z.input<typeof createApplicationSchema>;
export type CreateApplication = z.output<typeof createApplicationSchema>;
export type ApplicationDetailsInput = z.input<typeof applicationDetailsSchema>;
export type UpdateApplication = z.output<typeof updateApplicationSchema>;
export type SetApplicationStatus = z.output<typeof setApplicationStatusSchema>;
export type SetApplicationStatuses = z.output<typeof setApplicationStatusesSchema>;
