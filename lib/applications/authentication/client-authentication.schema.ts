import { z } from "zod";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";

/** How many keys of an application may be live at once: enough to rotate, few enough to know them all. */
export const APPLICATION_KEYS_MAX = 5;
const JWKS_URI_LENGTH_MAX = 2_048;
const PUBLIC_KEY_LENGTH_MAX = 8_192;
const KID_LENGTH_MAX = 128;

/** Seconds. The bounds of the protocol core, which a database constraint repeats. */
const TOKEN_TTL_SECONDS_MIN = 60;
const TOKEN_TTL_SECONDS_MAX = 3_600;

/** Messages are keys of the `errors` catalogue, so that both languages can say them. */
const jwksUriSchema = z
  .string()
  .trim()
  .max(JWKS_URI_LENGTH_MAX, "jwks_uri_too_long")
  .refine((text) => text === "" || isPublishableAddress(text), "jwks_uri_invalid")
  .transform((text) => (text === "" ? null : new URL(text).href));

const tokenTtlSchema = z
  .string()
  .trim()
  .regex(/^\d{0,5}$/, "token_ttl_invalid")
  .transform((text) => (text === "" ? null : Number(text)))
  .refine(
    (seconds) => seconds === null || (seconds >= TOKEN_TTL_SECONDS_MIN && seconds <= TOKEN_TTL_SECONDS_MAX),
    "token_ttl_invalid",
  );

const details = {
  grantTypes: z
    .array(z.enum(GRANT_TYPES, "grant_type_unknown"))
    .min(1, "grant_type_required")
    .max(GRANT_TYPES.length, "invalid")
    .transform((values) => GRANT_TYPES.filter((value) => values.includes(value))),
  methods: z
    .array(z.enum(CLIENT_AUTHENTICATION_METHODS, "authentication_method_unknown"))
    .min(1, "authentication_method_required")
    .max(CLIENT_AUTHENTICATION_METHODS.length, "invalid")
    .transform((values) => CLIENT_AUTHENTICATION_METHODS.filter((value) => values.includes(value))),
  /** Empty means that staff register the keys here. */
  jwksUri: jwksUriSchema,
  /** Seconds as typed; empty means the default of the portal. */
  tokenTtlSeconds: tokenTtlSchema,
};

/** What the form asks for. */
export const clientAuthenticationSchema = z.strictObject(details);

/** The form's output comes back as input of the action, where it is parsed again: what is null there was empty. */
export const setClientAuthenticationSchema = z.strictObject({
  applicationId: z.uuid("not_found"),
  ...details,
  jwksUri: z.preprocess(toText, jwksUriSchema),
  tokenTtlSeconds: z.preprocess(toText, tokenTtlSchema),
});

const keyDetails = {
  publicKey: z
    .string()
    .trim()
    .min(1, "public_key_required")
    .max(PUBLIC_KEY_LENGTH_MAX, "public_key_invalid")
    .refine((text) => !looksPrivate(text), "public_key_private"),
  /** Empty means the key's own name, or its thumbprint. */
  kid: z
    .string()
    .trim()
    .max(KID_LENGTH_MAX, "kid_invalid")
    .regex(/^[\x21\x23-\x5B\x5D-\x7E]*$/, "kid_invalid"),
};

/** What the form asks for. A private key is refused here already, so that it never leaves the browser. */
export const applicationKeySchema = z.strictObject(keyDetails);

export const addApplicationKeySchema = z.strictObject({ applicationId: z.uuid("not_found"), ...keyDetails });

export const revokeApplicationKeySchema = z.strictObject({
  applicationId: z.uuid("not_found"),
  keyId: z.uuid("not_found"),
});

export type ClientAuthenticationInput = z.input<typeof clientAuthenticationSchema>;
export type SetClientAuthentication = z.output<typeof setClientAuthenticationSchema>;
export type AddApplicationKey = z.output<typeof addApplicationKeySchema>;
export type RevokeApplicationKey = z.output<typeof revokeApplicationKeySchema>;

function toText(value: unknown): unknown {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : value;
}

/** https at a name, with nothing in it that has no place in a published address. */
function isPublishableAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash, hostname } = new URL(text);
  const isName = /[a-z]/.test(hostname.slice(hostname.lastIndexOf(".") + 1)) && hostname.includes(".");
  return protocol === "https:" && username === "" && password === "" && hash === "" && isName;
}

/** What only a private key has, in either form. The server judges again, by the key itself. */
function looksPrivate(text: string): boolean {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return true;
  return /"(?:d|p|q|dp|dq|qi|oth|k)"\s*:/.test(text);
}
