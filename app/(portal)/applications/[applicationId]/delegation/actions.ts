"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { addPersonRules } from "@/lib/applications/delegation/add-person-rules";
import { allowAnyDomain } from "@/lib/applications/delegation/allow-any-domain";
import { clearAllowList } from "@/lib/applications/delegation/clear-allow-list";
import {
  addPersonRulesSchema,
  allowAnyDomainSchema,
  clearAllowListSchema,
  removePersonRuleSchema,
  setAllowedDomainsSchema,
} from "@/lib/applications/delegation/delegation.schema";
import { removePersonRule } from "@/lib/applications/delegation/remove-person-rule";
import { setAllowedDomains } from "@/lib/applications/delegation/set-allowed-domains";

export const setAllowedDomainsAction = staffAction({
  permission: "applications:write",
  schema: setAllowedDomainsSchema,
  run: (input, { actor }) => setAllowedDomains(input, actor),
});

export const allowAnyDomainAction = staffAction({
  permission: "applications:write",
  schema: allowAnyDomainSchema,
  requiresFreshSignIn: true,
  run: (input, { actor }) => allowAnyDomain(input, actor),
});

export const addPersonRulesAction = staffAction({
  permission: "applications:write",
  schema: addPersonRulesSchema,
  run: (input, { actor }) => addPersonRules(input, actor),
});

export const removePersonRuleAction = staffAction({
  permission: "applications:write",
  schema: removePersonRuleSchema,
  run: (input, { actor }) => removePersonRule(input, actor),
});

export const clearAllowListAction = staffAction({
  permission: "applications:write",
  schema: clearAllowListSchema,
  requiresFreshSignIn: true,
  run: (input, { actor }) => clearAllowList(input, actor),
});
