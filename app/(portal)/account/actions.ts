"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { endStaffSession } from "@/lib/staff/sessions/end-staff-session";
import { signOutEverywhere } from "@/lib/staff/sessions/sign-out-everywhere";
import { changePassword } from "@/lib/staff/sign-in/change-password";
import { signInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { changePasswordSchema, endSessionSchema, nothingSchema } from "@/lib/staff/staff.schema";

export const changePasswordAction = staffAction({
  permission: "account:write",
  schema: changePasswordSchema,
  run: (input, ctx) => changePassword(ctx, input, { throttle: signInThrottle() }),
});

export const endSessionAction = staffAction({
  permission: "account:write",
  schema: endSessionSchema,
  run: ({ sessionId }, ctx) => endStaffSession(ctx, sessionId),
});

export const signOutEverywhereAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  run: (_input, ctx) => signOutEverywhere(ctx, ctx.actor.id),
});
