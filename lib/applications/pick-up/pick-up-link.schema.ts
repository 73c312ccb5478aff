import { z } from "zod";

/** Long enough for who works in another organisation, short enough that it does not lie about. */
export const PICK_UP_LINK_HOURS = 24;

/** What stands in the fragment of a link. Anything else is no link of ours. */
const token = z.string().min(1).max(128);
export const pickUpTokenSchema = z.strictObject({ token });
export const setPickedUpStoredSchema = z.strictObject({ token, isStored: z.boolean() });
export const revokePickUpLinkSchema = z.strictObject({
  applicationId: z.uuid("not_found"),
  linkId: z.uuid("not_found"),
});

export type SetPickedUpStored = z.output<typeof setPickedUpStoredSchema>;
export type RevokePickUpLink = z.output<typeof revokePickUpLinkSchema>;
