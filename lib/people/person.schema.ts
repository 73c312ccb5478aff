import { z } from "zod";
import { type ListParamsOf, listParams, oneOf } from "@/lib/list/list-params";
import { oneLine } from "@/lib/text";

const DISPLAY_NAME_LENGTH_MAX = 255;

export const PERSON_STATUSES = ["active", "inactive"] as const;
export const PERSON_DELEGATIONS = ["on", "off", "staff"] as const;

export const personList = listParams({
  sorts: { created: "desc", email: "asc", name: "asc" },
  defaultSort: "created",
  filters: { status: oneOf(PERSON_STATUSES), delegation: oneOf(PERSON_DELEGATIONS) },
});

export type ListPeopleParams = ListParamsOf<typeof personList>;

const personId = z.uuid("not_found");

export const displayNameSchema = z.strictObject({
  displayName: oneLine(DISPLAY_NAME_LENGTH_MAX, "display_name_too_long"),
});

export const renamePersonSchema = displayNameSchema.extend({ personId });
export const setPersonStatusSchema = z.strictObject({ personId, isActive: z.boolean() });
export const setPersonDelegationSchema = z.strictObject({ personId, isDelegationAllowed: z.boolean() });
export const revokePersonTokensSchema = z.strictObject({ personId });
export const staffImpersonationSchema = z.strictObject({ staffMemberId: z.uuid("not_found") });

export type RenamePerson = z.output<typeof renamePersonSchema>;
export type SetPersonStatus = z.output<typeof setPersonStatusSchema>;
export type SetPersonDelegation = z.output<typeof setPersonDelegationSchema>;
export type RevokePersonTokens = z.output<typeof revokePersonTokensSchema>;
