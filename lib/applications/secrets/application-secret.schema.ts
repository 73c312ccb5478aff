import { z } from "zod";
import { oneLine } from "@/lib/text";
import { isMoment } from "@/lib/time";

/** How many secrets of an application may be live at once: enough to rotate, few enough to know them all. */
export const SECRETS_MAX = 5;
const SECRET_LABEL_LENGTH_MAX = 100;

/**
 * When a secret is revoked: the values that forms send, the words they are offered with (keys of the `revocationTimes`
 * messages), and what they mean. `afterSeconds` is null where somebody says the moment.
 */
export const REVOCATION_OPTIONS = [
  { value: "now", label: "now", afterSeconds: 0 },
  { value: "1h", label: "hour", afterSeconds: 3_600 },
  { value: "24h", label: "day", afterSeconds: 86_400 },
  { value: "7d", label: "week", afterSeconds: 604_800 },
  { value: "date", label: "date", afterSeconds: null },
] as const;

type RevocationOption = (typeof REVOCATION_OPTIONS)[number];
export type RevocationTime = RevocationOption["value"];

/** A day is enough to bring a new secret to where the old one is, and short enough not to be forgotten. */
export const REVOCATION_DEFAULT: RevocationTime = "24h";

const REVOCATION_TIMES = REVOCATION_OPTIONS.map(({ value }) => value);

/** Messages are keys of the `errors` catalogue, so that both languages can say them. */
const momentText = z
  .string()
  .trim()
  .refine((text) => text === "" || toUtcMoment(text) !== undefined, "moment_invalid");

const newSecret = {
  label: oneLine(SECRET_LABEL_LENGTH_MAX, "secret_label_too_long"),
  /** As typed, in UTC; empty means never. */
  expiresAt: momentText,
};

const when = {
  revocation: z.enum(REVOCATION_TIMES, "revocation_required"),
  /** As typed, in UTC; counts with the option `date` alone. */
  revocationAt: momentText,
};

const secretIds = z
  .array(z.uuid("not_found"))
  .max(SECRETS_MAX, "secrets_changed")
  .transform((ids) => [...new Set(ids)]);

const confirmation = z.string().trim().max(255, "application_name_differs");
const applicationId = z.uuid("not_found");
const secretId = z.uuid("not_found");

const dateNeedsMoment = {
  check: ({ revocation, revocationAt }: { revocation: RevocationTime; revocationAt: string }) =>
    revocation !== "date" || revocationAt !== "",
  params: { path: ["revocationAt"], message: "moment_required" },
};

/** What the forms ask for. */
export const newSecretSchema = z.strictObject(newSecret);
export const rotationSchema = z
  .strictObject({ secretIds, ...newSecret, ...when })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const revocationSchema = z
  .strictObject({ ...when, confirmation })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const confirmationSchema = z.strictObject({ confirmation });

/** What the actions take. The output of a form is parsed again there. */
export const addSecretSchema = z.strictObject({ applicationId, ...newSecret });
export const rotateSecretSchema = z
  .strictObject({ applicationId, secretIds, ...newSecret, ...when })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const revokeSecretSchema = z
  .strictObject({ applicationId, secretId, ...when, confirmation })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const revokeUnusedSecretSchema = z.strictObject({ applicationId, secretId });
export const setSecretStoredSchema = z.strictObject({ applicationId, secretId, isStored: z.boolean() });
export const cancelSecretRevocationSchema = z.strictObject({ applicationId, secretId });
export const markSecretCompromisedSchema = z.strictObject({ applicationId, secretId, confirmation });
export const revokeApplicationTokensSchema = z.strictObject({ applicationId });
export const listSecretUsesSchema = z.strictObject({ applicationId });

export type AddSecret = z.output<typeof addSecretSchema>;
export type RotateSecret = z.output<typeof rotateSecretSchema>;
export type RevokeSecret = z.output<typeof revokeSecretSchema>;
export type RevokeUnusedSecret = z.output<typeof revokeUnusedSecretSchema>;
export type SetSecretStored = z.output<typeof setSecretStoredSchema>;
export type CancelSecretRevocation = z.output<typeof cancelSecretRevocationSchema>;
export type MarkSecretCompromised = z.output<typeof markSecretCompromisedSchema>;
export type RevokeApplicationTokens = z.output<typeof revokeApplicationTokensSchema>;

/** Reads a moment as a `datetime-local` field gives it, as UTC. Undefined for what is none, such as 30 February or the year 0. */
export function toUtcMoment(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text)) return undefined;
  const moment = new Date(`${text.slice(0, 16)}Z`);
  const isReal = isMoment(moment) && moment.toISOString().startsWith(text.slice(0, 16));
  return isReal ? moment : undefined;
}
