"use server";

import { staffAction } from "@/lib/actions/staff-action";
import {
  addAuthenticatorApp,
  offerAuthenticatorApp,
  removeAuthenticatorApp,
} from "@/lib/staff/second-factor/change-authenticator-app";
import { makeRecoveryCodes } from "@/lib/staff/second-factor/make-recovery-codes";
import { getOfferedFactors } from "@/lib/staff/second-factor/own-second-factors";
import {
  addPasskey,
  offerPasskey,
  removePasskey,
  renamePasskey,
} from "@/lib/staff/second-factor/passkeys/change-passkeys";
import {
  addPasskeySchema,
  passkeySchema,
  renamePasskeySchema,
} from "@/lib/staff/second-factor/passkeys/passkey.schema";
import { askForPasskey } from "@/lib/staff/second-factor/passkeys/verify-passkey";
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

export const offerPasskeyAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  requiresFreshSignIn: true,
  run: (_input, ctx) => offerPasskey(ctx),
});

export const addPasskeyAction = staffAction({
  permission: "account:write",
  schema: addPasskeySchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => addPasskey(ctx, input),
});

export const renamePasskeyAction = staffAction({
  permission: "account:write",
  schema: renamePasskeySchema,
  run: (input, ctx) => renamePasskey(ctx, input),
});

export const removePasskeyAction = staffAction({
  permission: "account:write",
  schema: passkeySchema,
  requiresFreshSignIn: true,
  run: ({ passkeyId }, ctx) => removePasskey(ctx, passkeyId),
});

/** What a member is asked for when an action wants a fresh proof of who they are. */
export const findProofFactorsAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  async run(_input, { actor, session, config }) {
    const { hasPasskey } = await getOfferedFactors(actor.id, config);
    return { isCodeAsked: session.hasSecondFactor, hasPasskey };
  },
});

/** What the browser needs to ask a passkey for the proof that an action wants. */
export const askPasskeyProofAction = staffAction({
  permission: "account:write",
  schema: nothingSchema,
  run: (_input, { actor, session, now, config }) =>
    askForPasskey({
      staffMemberId: actor.id,
      question: { purpose: "confirmation", sessionId: session.sessionId },
      now: now(),
      config,
    }),
});
