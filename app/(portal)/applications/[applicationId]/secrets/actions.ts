"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { addSecret } from "@/lib/applications/secrets/add-secret";
import {
  addSecretSchema,
  cancelSecretEndSchema,
  compromiseSecretSchema,
  endApplicationTokensSchema,
  endSecretSchema,
  readSecretUsesSchema,
  rotateSecretSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { cancelSecretEnd } from "@/lib/applications/secrets/cancel-secret-end";
import { compromiseSecret } from "@/lib/applications/secrets/compromise-secret";
import { endSecret } from "@/lib/applications/secrets/end-secret";
import { readSecretUses } from "@/lib/applications/secrets/read-secret-uses";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import { endApplicationTokens } from "@/lib/tokens/end-application-tokens";

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

// What only takes something away asks for no fresh sign-in: in an emergency a minute counts.

export const endSecretAction = staffAction({
  permission: "secrets:write",
  schema: endSecretSchema,
  run: (input, ctx) => endSecret(ctx, input),
});

export const cancelSecretEndAction = staffAction({
  permission: "secrets:write",
  schema: cancelSecretEndSchema,
  run: (input, ctx) => cancelSecretEnd(ctx, input),
});

export const compromiseSecretAction = staffAction({
  permission: "secrets:write",
  schema: compromiseSecretSchema,
  run: (input, ctx) => compromiseSecret(ctx, input),
});

export const endApplicationTokensAction = staffAction({
  permission: "secrets:write",
  schema: endApplicationTokensSchema,
  run: (input, ctx) => endApplicationTokens(ctx, input),
});

export const readSecretUsesAction = staffAction({
  permission: "applications:read",
  schema: readSecretUsesSchema,
  isUnattended: true,
  run: ({ applicationId }, { now }) => readSecretUses(applicationId, now()),
});
