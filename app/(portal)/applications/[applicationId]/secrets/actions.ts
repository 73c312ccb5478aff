"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { makePickUpLink } from "@/lib/applications/pick-up/make-pick-up-link";
import { revokePickUpLinkSchema } from "@/lib/applications/pick-up/pick-up-link.schema";
import { revokePickUpLink } from "@/lib/applications/pick-up/revoke-pick-up-link";
import { addSecret } from "@/lib/applications/secrets/add-secret";
import {
  addSecretSchema,
  cancelSecretRevocationSchema,
  listSecretUsesSchema,
  markSecretCompromisedSchema,
  revokeApplicationTokensSchema,
  revokeSecretSchema,
  revokeUnusedSecretSchema,
  rotateSecretSchema,
  setSecretStoredSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { listSecretUses } from "@/lib/applications/secrets/list-secret-uses";
import { cancelSecretRevocation } from "@/lib/applications/secrets/revocation/cancel-secret-revocation";
import { markSecretCompromised } from "@/lib/applications/secrets/revocation/mark-secret-compromised";
import { postponesSecretEnd } from "@/lib/applications/secrets/revocation/postpones-secret-end";
import { revokeSecret } from "@/lib/applications/secrets/revocation/revoke-secret";
import { revokeUnusedSecret } from "@/lib/applications/secrets/revocation/revoke-unused-secret";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import { setSecretStored } from "@/lib/applications/secrets/set-secret-stored";
import { revokeApplicationTokens } from "@/lib/tokens/revoke-application-tokens";

// None of these revalidates a path: that would render the page anew while the browser still shows a secret. Callers
// refresh when they are done.

export const addSecretAction = staffAction({
  permission: "secrets:write",
  schema: addSecretSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => addSecret(ctx, input),
});

export const rotateSecretAction = staffAction({
  permission: "secrets:write",
  schema: rotateSecretSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => rotateSecret(ctx, input),
});

/** Says something about a secret and changes nothing about it. */
export const setSecretStoredAction = staffAction({
  permission: "secrets:write",
  schema: setSecretStoredSchema,
  run: (input) => setSecretStored(input),
});

export const makePickUpLinkAction = staffAction({
  permission: "secrets:write",
  schema: rotateSecretSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => makePickUpLink(ctx, input),
});

export const cancelSecretRevocationAction = staffAction({
  permission: "secrets:write",
  schema: cancelSecretRevocationSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => cancelSecretRevocation(ctx, input),
});

// What only takes something away asks for no fresh sign-in: in an emergency a minute counts.

export const revokePickUpLinkAction = staffAction({
  permission: "secrets:write",
  schema: revokePickUpLinkSchema,
  run: (input, ctx) => revokePickUpLink(ctx, input),
});

export const revokeSecretAction = staffAction({
  permission: "secrets:write",
  schema: revokeSecretSchema,
  requiresFreshSignIn: postponesSecretEnd,
  run: (input, ctx) => revokeSecret(ctx, input),
});

export const revokeUnusedSecretAction = staffAction({
  permission: "secrets:write",
  schema: revokeUnusedSecretSchema,
  run: (input, ctx) => revokeUnusedSecret(ctx, input),
});

export const markSecretCompromisedAction = staffAction({
  permission: "secrets:write",
  schema: markSecretCompromisedSchema,
  run: (input, ctx) => markSecretCompromised(ctx, input),
});

export const revokeApplicationTokensAction = staffAction({
  permission: "secrets:write",
  schema: revokeApplicationTokensSchema,
  run: (input, ctx) => revokeApplicationTokens(ctx, input),
});

export const listSecretUsesAction = staffAction({
  permission: "applications:read",
  schema: listSecretUsesSchema,
  isUnattended: true,
  run: ({ applicationId }, { now }) => listSecretUses(applicationId, now()),
});
