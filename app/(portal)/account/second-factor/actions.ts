"use server";

import { staffAction } from "@/lib/actions/staff-action";
import {
  addAuthenticatorApp,
  offerAuthenticatorApp,
  removeAuthenticatorApp,
} from "@/lib/staff/second-factor/change-authenticator-app";
import { makeRecoveryCodes } from "@/lib/staff/second-factor/make-recovery-codes";
import { authenticatorCodeSchema } from "@/lib/staff/second-factor/second-factor.schema";
import { nothingSchema } from "@/lib/staff/staff.schema";

// None of these revalidates a path: that would render the page anew while the browser still shows codes.

export const offerAuthenticatorAppAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  requiresFreshSignIn: true,
  run: (_input, ctx) => offerAuthenticatorApp(ctx),
});

export const addAuthenticatorAppAction = staffAction({
  permission: "account:write",
  schema: authenticatorCodeSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => addAuthenticatorApp(ctx, input),
});

export const removeAuthenticatorAppAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  requiresFreshSignIn: true,
  run: (_input, ctx) => removeAuthenticatorApp(ctx),
});

export const makeRecoveryCodesAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  requiresFreshSignIn: true,
  run: (_input, ctx) => makeRecoveryCodes(ctx),
});
