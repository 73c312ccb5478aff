"use server";

import { visitorAction } from "@/lib/actions/visitor-action";
import { openStaffLink } from "@/lib/staff/links/open-staff-link";
import { joinStaff, resetPassword } from "@/lib/staff/links/redeem-staff-link";
import { joinSchema, resetPasswordSchema, staffLinkSchema } from "@/lib/staff/staff.schema";

/** Tells whom a link is for, without using it up. */
export const openStaffLinkAction = visitorAction({
  schema: staffLinkSchema,
  run: ({ token }) => openStaffLink(token, new Date()),
});

export const joinAction = visitorAction({
  schema: joinSchema,
  run: (input, ctx) => joinStaff(ctx, input),
});

export const resetPasswordAction = visitorAction({
  schema: resetPasswordSchema,
  run: (input, ctx) => resetPassword(ctx, input),
});
