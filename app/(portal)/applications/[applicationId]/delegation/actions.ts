"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { addPersonRules } from "@/lib/applications/delegation/add-person-rules";
import { allowAnyDomain } from "@/lib/applications/delegation/allow-any-domain";
import { clearAllowList } from "@/lib/applications/delegation/clear-allow-list";
import {
  addPersonRulesSchema,
  allowAnyDomainSchema,
  clearAllowListSchema,
  previewDomainsSchema,
  removePersonRuleSchema,
  setAllowedDomainsSchema,
} from "@/lib/applications/delegation/delegation.schema";
import { previewDomains } from "@/lib/applications/delegation/preview-domains";
import { removePersonRule } from "@/lib/applications/delegation/remove-person-rule";
import { setAllowedDomains } from "@/lib/applications/delegation/set-allowed-domains";
import { liftsDenial, widensAllowList, widensDomains } from "@/lib/applications/delegation/widens-delegation";

export const setAllowedDomainsAction = staffAction({
  permission: "applications:write",
  schema: setAllowedDomainsSchema,
  requiresFreshSignIn: widensDomains,
  run: (input, ctx) => setAllowedDomains(ctx, input),
});

// An action only because the browser asks it while somebody thinks: it changes nothing.
export const previewDomainsAction = staffAction({
  permission: "applications:read",
  schema: previewDomainsSchema,
  run: (input) => previewDomains(input),
});

export const allowAnyDomainAction = staffAction({
  permission: "applications:write",
  schema: allowAnyDomainSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => allowAnyDomain(ctx, input),
});

export const addPersonRulesAction = staffAction({
  permission: "applications:write",
  schema: addPersonRulesSchema,
  requiresFreshSignIn: widensAllowList,
  run: (input, ctx) => addPersonRules(ctx, input),
});

export const removePersonRuleAction = staffAction({
  permission: "applications:write",
  schema: removePersonRuleSchema,
  requiresFreshSignIn: liftsDenial,
  run: (input, ctx) => removePersonRule(ctx, input),
});

export const clearAllowListAction = staffAction({
  permission: "applications:write",
  schema: clearAllowListSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => clearAllowList(ctx, input),
});
