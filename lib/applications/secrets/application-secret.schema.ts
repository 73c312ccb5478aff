import { z } from "zod";
import { oneLine } from "@/lib/text";

/** How many secrets of an application may be live at once: enough to rotate, few enough to know them all. */
export const SECRETS_MAX = 5;
export const SECRET_LABEL_LENGTH_MAX = 100;

/**
 * When a secret ends: the values that forms send, the words they are offered with (keys of the `secretEnds` messages),
 * and what they mean. `afterSeconds` is null where somebody says the moment.
 */
export const SECRET_END_OPTIONS = [
  { value: "now", label: "now", afterSeconds: 0 },
  { value: "1h", label: "hour", afterSeconds: 3_600 },
  { value: "24h", label: "day", afterSeconds: 86_400 },
  { value: "7d", label: "week", afterSeconds: 604_800 },
  { value: "date", label: "date", afterSeconds: null },
] as const;

export type SecretEndOption = (typeof SECRET_END_OPTIONS)[number];
export type SecretEnd = SecretEndOption["value"];

/** A day is enough to bring a new secret to where the old one is, and short enough not to be forgotten. */
export const SECRET_END_DEFAULT: SecretEnd = "24h";

const SECRET_ENDS = SECRET_END_OPTIONS.map(({ value }) => value);

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

const end = {
  ends: z.enum(SECRET_ENDS, "secret_end_required"),
  /** As typed, in UTC; counts with the option `date` alone. */
  endsAt: momentText,
};

const secretIds = z
  .array(z.uuid("not_found"))
  .max(SECRETS_MAX, "secrets_changed")
  .transform((ids) => [...new Set(ids)]);

const confirmation = z.string().trim().max(255, "application_name_differs");
const applicationId = z.uuid("not_found");
const secretId = z.uuid("not_found");

const dateNeedsMoment = {
  check: ({ ends, endsAt }: { ends: SecretEnd; endsAt: string }) => ends !== "date" || endsAt !== "",
  params: { path: ["endsAt"], message: "moment_required" },
};

/** What the forms ask for. */
export const newSecretSchema = z.strictObject(newSecret);
export const rotationSchema = z
  .strictObject({ secretIds, ...newSecret, ...end })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const secretEndSchema = z
  .strictObject({ ...end, confirmation })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const confirmationSchema = z.strictObject({ confirmation });

/** What the actions take. The output of a form is parsed again there. */
export const addSecretSchema = z.strictObject({ applicationId, ...newSecret });
export const rotateSecretSchema = z
  .strictObject({ applicationId, secretIds, ...newSecret, ...end })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const endSecretSchema = z
  .strictObject({ applicationId, secretId, ...end, confirmation })
  .refine(dateNeedsMoment.check, dateNeedsMoment.params);
export const cancelSecretEndSchema = z.strictObject({ applicationId, secretId });
export const compromiseSecretSchema = z.strictObject({ applicationId, secretId, confirmation });
export const endApplicationTokensSchema = z.strictObject({ applicationId });
export const readSecretUsesSchema = z.strictObject({ applicationId });

export type NewSecretInput = z.input<typeof newSecretSchema>;
export type NewSecretValues = z.output<typeof newSecretSchema>;
export type RotationInput = z.input<typeof rotationSchema>;
export type RotationValues = z.output<typeof rotationSchema>;
export type SecretEndInput = z.input<typeof secretEndSchema>;
export type SecretEndValues = z.output<typeof secretEndSchema>;
export type ConfirmationInput = z.input<typeof confirmationSchema>;
export type ConfirmationValues = z.output<typeof confirmationSchema>;
export type AddSecret = z.output<typeof addSecretSchema>;
export type RotateSecret = z.output<typeof rotateSecretSchema>;
export type EndSecret = z.output<typeof endSecretSchema>;
export type CancelSecretEnd = z.output<typeof cancelSecretEndSchema>;
export type CompromiseSecret = z.output<typeof compromiseSecretSchema>;
export type EndApplicationTokens = z.output<typeof endApplicationTokensSchema>;

/** Reads a moment as a `datetime-local` field gives it, as UTC. Undefined for what is none, such as 30 February. */
export function toUtcMoment(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text)) return undefined;
  const moment = new Date(`${text.slice(0, 16)}Z`);
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text.slice(0, 16));
  return isReal ? moment : undefined;
}
