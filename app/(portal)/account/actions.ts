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
  run: (input, { actor, session }) =>
    changePassword(input, session, actor, { throttle: signInThrottle(), now: new Date() }),
});

export const endSessionAction = staffAction({
  permission: "account:write",
  schema: endSessionSchema,
  run: ({ sessionId }, { actor }) => endStaffSession(sessionId, actor, new Date()),
});

export const signOutEverywhereAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  run: (_input, { actor }) => signOutEverywhere(actor.id, actor, new Date()),
});
