import { describe, expect, it } from "vitest";
import {
  applicationKeySchema,
  clientAuthenticationSchema,
  setClientAuthenticationSchema,
} from "./client-authentication.schema";

const APPLICATION_ID = "0193575a-0000-7000-8000-0000000000a1";
const SOUND = {
  grantTypes: ["client_credentials"],
  methods: ["client_secret_basic"],
  jwksUri: "",
  tokenTtlSeconds: "",
};

function problems(schema: typeof clientAuthenticationSchema | typeof applicationKeySchema, input: unknown) {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("how an application authenticates", () => {
  it("takes empty fields for the default, and keeps the canonical order", () => {
    const input = {
      ...SOUND,
      grantTypes: ["urn:ietf:params:oauth:grant-type:jwt-bearer", "client_credentials"],
      methods: ["private_key_jwt", "client_secret_basic", "private_key_jwt"],
    };
    expect(clientAuthenticationSchema.parse(input)).toEqual({
      grantTypes: ["client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
      methods: ["client_secret_basic", "private_key_jwt"],
      jwksUri: null,
      tokenTtlSeconds: null,
    });
  });

  it.each([
    [{ grantTypes: [] }, "grantTypes: grant_type_required"],
    [{ grantTypes: ["password"] }, "grantTypes.0: grant_type_unknown"],
    [{ methods: [] }, "methods: authentication_method_required"],
    [{ methods: ["none"] }, "methods.0: authentication_method_unknown"],
  ])("refuses %j", (change, problem) => {
    expect(problems(clientAuthenticationSchema, { ...SOUND, ...change })).toEqual([problem]);
  });

  it.each([
    ["60", 60],
    ["3600", 3600],
    [" 900 ", 900],
    ["0060", 60],
  ])("takes %j for a life of %d seconds", (tokenTtlSeconds, expected) => {
    expect(clientAuthenticationSchema.parse({ ...SOUND, tokenTtlSeconds }).tokenTtlSeconds).toBe(expected);
  });

  it.each(["59", "3601", "0", "-60", "60.5", "1e3", "an hour", "0x3c", "99999", "999999"])(
    "refuses a life of %j",
    (tokenTtlSeconds) => {
      expect(problems(clientAuthenticationSchema, { ...SOUND, tokenTtlSeconds })).toContain(
        "tokenTtlSeconds: token_ttl_invalid",
      );
    },
  );

  it.each([
    ["https://calendar.example/jwks", "https://calendar.example/jwks"],
    [" HTTPS://Calendar.Example:8443/a/../jwks?v=1 ", "https://calendar.example:8443/jwks?v=1"],
  ])("takes %j for an address of keys", (jwksUri, expected) => {
    expect(clientAuthenticationSchema.parse({ ...SOUND, jwksUri }).jwksUri).toBe(expected);
  });

  it.each([
    "http://calendar.example/jwks",
    "calendar.example/jwks",
    "https://user@calendar.example/jwks",
    "https://:secret@calendar.example/jwks",
    "https://calendar.example/jwks#one",
    "https://localhost/jwks",
    "https://127.0.0.1/jwks",
    "https://2130706433/jwks",
    "https://[::1]/jwks",
    "https://calendar.example./jwks",
    "javascript:alert(1)",
    "file:///etc/passwd",
  ])("refuses %j for an address of keys", (jwksUri) => {
    expect(problems(clientAuthenticationSchema, { ...SOUND, jwksUri })).toEqual(["jwksUri: jwks_uri_invalid"]);
  });

  it("parses again what it has parsed: the form sends its output to the action", () => {
    for (const change of [{}, { jwksUri: "https://calendar.example/jwks", tokenTtlSeconds: "120" }]) {
      const values = clientAuthenticationSchema.parse({ ...SOUND, ...change });
      expect(setClientAuthenticationSchema.parse({ applicationId: APPLICATION_ID, ...values })).toEqual({
        applicationId: APPLICATION_ID,
        ...values,
      });
    }
  });

  it.each([
    [{ tokenTtlSeconds: 59 }],
    [{ tokenTtlSeconds: 60.5 }],
    [{ tokenTtlSeconds: {} }],
    [{ tokenTtlSeconds: undefined }],
    [{ jwksUri: 7 }],
    [{ jwksUri: undefined }],
    [{ jwksUri: "http://calendar.example" }],
    [{ applicationId: "x" }],
    [{ clientId: "x" }],
    [{ isActive: true }],
  ])("lets the action refuse %j, whatever the form did", (change) => {
    const input = { applicationId: APPLICATION_ID, ...SOUND, ...change };
    expect(setClientAuthenticationSchema.safeParse(input).success).toBe(false);
  });
});

describe("a key that is pasted", () => {
  const PUBLIC = '{"kty":"EC","crv":"P-256","x":"a","y":"b","kid":"k"}';

  it("is trimmed, with or without a name", () => {
    expect(applicationKeySchema.parse({ publicKey: `\n${PUBLIC}\n`, kid: " 2026-11 " })).toEqual({
      publicKey: PUBLIC,
      kid: "2026-11",
    });
  });

  it.each([
    ["-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----"],
    ["-----BEGIN EC PRIVATE KEY-----"],
    ["-----BEGIN ENCRYPTED PRIVATE KEY-----"],
    ['{"kty":"EC","d":"secret"}'],
    ['{"kty":"RSA", "dp" : "secret"}'],
    ['{"kty":"oct","k":"secret"}'],
  ])("never leaves the browser when it is private: %j", (publicKey) => {
    expect(problems(applicationKeySchema, { publicKey, kid: "" })).toEqual(["publicKey: public_key_private"]);
  });

  it.each([
    [{ publicKey: "  ", kid: "" }, "publicKey: public_key_required"],
    [{ publicKey: "x".repeat(8193), kid: "" }, "publicKey: public_key_invalid"],
    [{ publicKey: PUBLIC, kid: "two words" }, "kid: kid_invalid"],
    [{ publicKey: PUBLIC, kid: 'quo"te' }, "kid: kid_invalid"],
    [{ publicKey: PUBLIC, kid: "clé" }, "kid: kid_invalid"],
    [{ publicKey: PUBLIC, kid: "k".repeat(129) }, "kid: kid_invalid"],
  ])("is refused as %j", (input, problem) => {
    expect(problems(applicationKeySchema, input)).toContain(problem);
  });
});
