"use server";

import { staffAction } from "@/lib/actions/staff-action";
import {
  endPersonTokensSchema,
  renamePersonSchema,
  setPersonDelegationSchema,
  setPersonStatusSchema,
  staffExposureSchema,
} from "@/lib/people/person.schema";
import { renamePerson } from "@/lib/people/rename-person";
import { setPersonDelegation } from "@/lib/people/set-person-delegation";
import { setPersonStatus } from "@/lib/people/set-person-status";
import { setStaffExposure } from "@/lib/staff/set-staff-exposure";
import { endPersonTokens } from "@/lib/tokens/end-person-tokens";

export const renamePersonAction = staffAction({
  permission: "people:write",
  schema: renamePersonSchema,
  run: (input, ctx) => renamePerson(ctx, input),
});

export const setPersonStatusAction = staffAction({
  permission: "people:write",
  schema: setPersonStatusSchema,
  run: (input, ctx) => setPersonStatus(ctx, input),
});

export const setPersonDelegationAction = staffAction({
  permission: "people:write",
  schema: setPersonDelegationSchema,
  run: (input, ctx) => setPersonDelegation(ctx, input),
});

export const endPersonTokensAction = staffAction({
  permission: "people:write",
  schema: endPersonTokensSchema,
  run: (input, ctx) => endPersonTokens(ctx, input),
});

export const exposeStaffAction = staffAction({
  permission: "people:expose-staff",
  schema: staffExposureSchema,
  requiresFreshSignIn: true,
  run: ({ staffMemberId }, ctx) => setStaffExposure(ctx, { staffMemberId, canBeActedFor: true }),
});

export const protectStaffAction = staffAction({
  permission: "people:expose-staff",
  schema: staffExposureSchema,
  run: ({ staffMemberId }, ctx) => setStaffExposure(ctx, { staffMemberId, canBeActedFor: false }),
});
