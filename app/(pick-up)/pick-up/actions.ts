"use server";

import { visitorAction } from "@/lib/actions/visitor-action";
import { openPickUpLink } from "@/lib/applications/pick-up/open-pick-up-link";
import { pickUpLimit } from "@/lib/applications/pick-up/pick-up-limit";
import { pickUpTokenSchema, setPickedUpStoredSchema } from "@/lib/applications/pick-up/pick-up-link.schema";
import { pickUpSecret } from "@/lib/applications/pick-up/pick-up-secret";
import { setPickedUpStored } from "@/lib/applications/pick-up/set-picked-up-stored";

/** Tells what a link is for, without using it up. */
export const openPickUpLinkAction = visitorAction({
  schema: pickUpTokenSchema,
  async run({ token }, ctx) {
    await pickUpLimit().count(ctx.actor.ip);
    return openPickUpLink(ctx, token);
  },
});

/** Makes the secret and uses the link up. The answer is the only copy. */
export const pickUpSecretAction = visitorAction({
  schema: pickUpTokenSchema,
  async run({ token }, ctx) {
    await pickUpLimit().count(ctx.actor.ip);
    return pickUpSecret(ctx, token);
  },
});

/** Notes that whoever holds the link has stored the secret, or has not after all. */
export const setPickedUpStoredAction = visitorAction({
  schema: setPickedUpStoredSchema,
  async run(input, ctx) {
    await pickUpLimit().count(ctx.actor.ip);
    return setPickedUpStored(input);
  },
});
