"use server";

import { staffAction } from "@/lib/actions/staff-action";
import {
  renamePersonSchema,
  revokePersonTokensSchema,
  setPersonDelegationSchema,
  setPersonStatusSchema,
  staffImpersonationSchema,
} from "@/lib/people/person.schema";
import { renamePerson } from "@/lib/people/rename-person";
import { setPersonDelegation } from "@/lib/people/set-person-delegation";
import { setPersonStatus } from "@/lib/people/set-person-status";
import { setStaffImpersonation } from "@/lib/staff/set-staff-impersonation";
import { revokePersonTokens } from "@/lib/tokens/revoke-person-tokens";

export const renamePersonAction = staffAction({
  permission: "people:write",
  schema: renamePersonSchema,
  run: (input, ctx) => renamePerson(ctx, input),
});

export const setPersonStatusAction = staffAction({
  permission: "people:write",
  schema: setPersonStatusSchema,
  requiresFreshSignIn: ({ isActive }) => isActive,
  run: (input, ctx) => setPersonStatus(ctx, input),
});

export const setPersonDelegationAction = staffAction({
  permission: "people:write",
  schema: setPersonDelegationSchema,
  requiresFreshSignIn: ({ isDelegationAllowed }) => isDelegationAllowed,
  run: (input, ctx) => setPersonDelegation(ctx, input),
});

export const revokePersonTokensAction = staffAction({
  permission: "people:write",
  schema: revokePersonTokensSchema,
  run: (input, ctx) => revokePersonTokens(ctx, input),
});

export const allowImpersonationAction = staffAction({
  permission: "staff:allow-impersonation",
  schema: staffImpersonationSchema,
  requiresFreshSignIn: true,
  run: ({ staffMemberId }, ctx) => setStaffImpersonation(ctx, { staffMemberId, isImpersonationAllowed: true }),
});

export const forbidImpersonationAction = staffAction({
  permission: "staff:allow-impersonation",
  schema: staffImpersonationSchema,
  run: ({ staffMemberId }, ctx) => setStaffImpersonation(ctx, { staffMemberId, isImpersonationAllowed: false }),
});
