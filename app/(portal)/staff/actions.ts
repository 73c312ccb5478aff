"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { inviteStaffMember } from "@/lib/staff/links/invite-staff-member";
import { issueStaffLink } from "@/lib/staff/links/issue-staff-link";
import { revokeInvitation } from "@/lib/staff/links/revoke-invitation";
import { resetSecondFactors } from "@/lib/staff/second-factor/reset-second-factors";
import { signOutEverywhere } from "@/lib/staff/sessions/sign-out-everywhere";
import { setStaffRole } from "@/lib/staff/set-staff-role";
import { setStaffStatus } from "@/lib/staff/set-staff-status";
import {
  inviteStaffFormSchema,
  setStaffRoleSchema,
  setStaffStatusSchema,
  staffMemberSchema,
} from "@/lib/staff/staff.schema";

// None of these revalidates a path: that would render the page anew while the browser still shows a link.

export const inviteStaffMemberAction = staffAction({
  permission: "staff:write",
  schema: inviteStaffFormSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => inviteStaffMember(ctx, input),
});

export const issueStaffLinkAction = staffAction({
  permission: "staff:write",
  schema: staffMemberSchema,
  requiresFreshSignIn: true,
  run: ({ staffId }, ctx) => issueStaffLink(ctx, staffId),
});

export const revokeInvitationAction = staffAction({
  permission: "staff:write",
  schema: staffMemberSchema,
  run: ({ staffId }, ctx) => revokeInvitation(ctx, staffId),
});

export const setStaffRoleAction = staffAction({
  permission: "staff:write",
  schema: setStaffRoleSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => setStaffRole(ctx, input),
});

export const setStaffStatusAction = staffAction({
  permission: "staff:write",
  schema: setStaffStatusSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => setStaffStatus(ctx, input),
});

export const signOutStaffMemberAction = staffAction({
  permission: "staff:write",
  schema: staffMemberSchema,
  run: ({ staffId }, ctx) => signOutEverywhere(ctx, staffId),
});

export const resetSecondFactorsAction = staffAction({
  permission: "staff:write",
  schema: staffMemberSchema,
  requiresFreshSignIn: true,
  run: ({ staffId }, ctx) => resetSecondFactors(ctx, staffId),
});
