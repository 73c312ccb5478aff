import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { claimsOf, headerOf, obtainToken } from "../support/oauth-requests";
import { foreignClient, readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const { command: python, missing: authlibMissing } = foreignClient("authlib");

/** Resource servers that know the issuer's address and nothing else, each a process of its own. */
const VERIFIERS = [
  {
    name: "jose",
    run: [process.execPath, ["e2e/interop/clients/verify-with-jose.mjs"]],
    missing: undefined,
    refusals: {
      signature: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
      audience: "ERR_JWT_CLAIM_VALIDATION_FAILED",
      key: "ERR_JWKS_NO_MATCHING_KEY",
    },
  },
  {
    name: "authlib.jose",
    run: [python, ["e2e/interop/clients/authlib_verify.py"]],
    missing: authlibMissing,
    refusals: { signature: "BadSignatureError", audience: "InvalidClaimError", key: "ValueError" },
  },
] as const;

for (const { name, run, missing, refusals } of VERIFIERS) {
  const verify = (baseUrl: string, token: string, audience = `${baseUrl}/api/external/rooms`) =>
    readClientJson(run[0], run[1], { ISSUER: baseUrl, AUDIENCE: audience, TOKEN: token });

  test(`${name}: verifies our token with the published keys alone`, async () => {
    skipIfMissing(missing);
    const token = await obtainToken(baseURL, client("full"), "ana@example.com");
    expect(await verify(baseURL, token)).toEqual({ header: headerOf(token), claims: claimsOf(token) });
  });

  test(`${name}: refuses a token with a changed payload, one for another audience, and one of an unknown key`, async () => {
    skipIfMissing(missing);
    const token = await obtainToken(baseURL, client("full"), "ana@example.com rooms:list");
    const [header = "", , signature = ""] = token.split(".");
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const wider = [header, encode({ ...claimsOf(token), scope: "rooms:delete" }), signature].join(".");
    const foreign = [encode({ ...headerOf(token), kid: "nobody" }), encode(claimsOf(token)), signature].join(".");
    expect(await verify(baseURL, wider)).toEqual({ refused: refusals.signature });
    expect(await verify(baseURL, token, "https://elsewhere.example")).toEqual({ refused: refusals.audience });
    expect(await verify(baseURL, foreign)).toEqual({ refused: refusals.key });
  });
}
