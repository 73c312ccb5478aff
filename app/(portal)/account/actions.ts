"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { changePassword } from "@/lib/staff/change-password";
import { endStaffSession } from "@/lib/staff/end-staff-session";
import { signInThrottle } from "@/lib/staff/sign-in-throttle";
import { signOutEverywhere } from "@/lib/staff/sign-out-everywhere";
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
