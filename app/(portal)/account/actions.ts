"use server";

import { cookies } from "next/headers";
import { staffAction } from "@/lib/actions/staff-action";
import { clearSiteData } from "@/lib/auth/clear-site-data";
import { setSessionCookie } from "@/lib/auth/session-cookie";
import { endStaffSession } from "@/lib/staff/sessions/end-staff-session";
import { signOutEverywhere } from "@/lib/staff/sessions/sign-out-everywhere";
import { changePassword } from "@/lib/staff/sign-in/change-password";
import { signInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { changePasswordSchema, endSessionSchema, nothingSchema } from "@/lib/staff/staff.schema";

export const changePasswordAction = staffAction({
  permission: "account:write",
  schema: changePasswordSchema,
  run: async (input, ctx) => {
    const { sessionId } = await changePassword(ctx, input, { throttle: signInThrottle() });
    // Next renders the page anew with the cookie, which is what comes next here in any case.
    await setSessionCookie(await cookies(), sessionId);
  },
});

export const endSessionAction = staffAction({
  permission: "account:write",
  schema: endSessionSchema,
  run: ({ sessionId }, ctx) => endStaffSession(ctx, sessionId),
});

export const signOutEverywhereAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  async run(_input, ctx) {
    await signOutEverywhere(ctx, ctx.actor.id);
    // Here too.
    clearSiteData();
  },
});
