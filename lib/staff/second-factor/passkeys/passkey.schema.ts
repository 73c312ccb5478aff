import { z } from "zod";
import { oneLine } from "@/lib/text";

const PASSKEY_NAME_LENGTH_MAX = 100;
/** What a browser sends of one: an attestation is by far the longest of it. */
const ENCODED_LENGTH_MAX = 32_768;

const encoded = z.string().max(ENCODED_LENGTH_MAX);
const credential = {
  id: z.string().min(1).max(1_364),
  rawId: z.string().min(1).max(1_364),
  type: z.literal("public-key"),
};

const name = oneLine(PASSKEY_NAME_LENGTH_MAX, "passkey_name_too_long").min(1, "passkey_name_required");

/** What the browser has made, without what it adds for scripts. */
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(32)).max(16).optional(),
  }),
});

/** What a passkey has signed. */
export const passkeyAnswerSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
});

export const passkeySignInSchema = z.strictObject({ passkey: passkeyAnswerSchema, to: z.string().max(4_096) });
export const passkeyNameSchema = z.strictObject({ name });
export const addPasskeySchema = z.strictObject({ name, registration });
export const renamePasskeySchema = z.strictObject({ passkeyId: z.uuid("not_found"), name });
export const passkeySchema = z.strictObject({ passkeyId: z.uuid("not_found") });

export type AddPasskey = z.output<typeof addPasskeySchema>;
export type RenamePasskey = z.output<typeof renamePasskeySchema>;
export type PasskeyAnswer = z.output<typeof passkeyAnswerSchema>;
