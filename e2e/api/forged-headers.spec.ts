import { expect, test } from "@playwright/test";
import { exportSPKI, importJWK } from "jose";
import { client } from "../support/clients";
import { encode, resign, serverPublicKey, signText, signWithSecret } from "../support/forge";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, claimsOf, headerOf, obtainToken } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const ALICE = "alice@example.com";

/**
 * Longer than this and a forged token would be a way to keep the server busy. The machine may be slow; a bomb takes a
 * quarter of an hour.
 */
const PATIENCE_MS = 60_000;

const partsOf = (token: string) => token.split(".") as [string, string, string];

/** The public key as text, in each form in which somebody might use it for an HMAC secret. */
async function publicKeyTexts(): Promise<string[]> {
  const jwk = serverPublicKey();
  const pem = await exportSPKI((await importJWK({ ...jwk, ext: true }, "ES256")) as CryptoKey);
  return [pem, pem.trim(), JSON.stringify(jwk)];
}

type Forgery = (token: string) => string | Promise<string> | Promise<string[]>;

// One of each kind; the whole table is lib/oauth/access-token-verifier.header.test.ts.
const FORGERIES: [string, Forgery][] = [
  [
    "the algorithm none, with and without a signature",
    async (token) => {
      const [, payload, signature] = partsOf(token);
      const header = encode(JSON.stringify({ ...headerOf(token), alg: "none" }));
      return [`${header}.${payload}.`, `${header}.${payload}.${signature}`];
    },
  ],
  [
    "our public key as the secret of an HMAC",
    async (token) => Promise.all((await publicKeyTexts()).map((text) => signWithSecret(token, text))),
  ],
  ["our own signature under the name RS256", (token) => resign(token, { header: { alg: "RS256" } })],
  ["five parts", (token) => `${token}.x.y`],
  ["an encrypted token with two milliards of iterations", (token) => encryptedToken(token, { p2c: 2 ** 31 })],
  ["an encrypted token that inflates", (token) => encryptedToken(token, { zip: "DEF" })],
  ["a critical extension", (token) => resign(token, { header: { crit: ["x"], x: true } })],
  [
    "a header that repeats a member",
    (token) => signText(repeated(headerOf(token), "alg", "none"), JSON.stringify(claimsOf(token))),
  ],
  [
    "claims that repeat a member",
    (token) => signText(JSON.stringify(headerOf(token)), repeated(claimsOf(token), "scope", "rooms:delete")),
  ],
];

/** What a PBES2 JWE looks like from outside; nothing in it can be decrypted. */
function encryptedToken(_token: string, header: Record<string, unknown>): string {
  const head = { alg: "PBES2-HS256+A128KW", enc: "A128CBC-HS256", p2s: "c2FsdHNhbHQ", p2c: 1000, ...header };
  return [JSON.stringify(head), "key", "iv", "text", "tag"].map(encode).join(".");
}

function repeated(members: Record<string, unknown>, name: string, value: string): string {
  return `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
}

test.describe("tokens that look right from outside", () => {
  for (const [what, forge] of FORGERIES) {
    // Conformance: W01, W02, W03, W09, W10, W13
    test(`${what}: refused at once`, async () => {
      const token = await obtainToken(baseURL, client("full"), ALICE);
      for (const forged of [await forge(token)].flat()) {
        const begun = performance.now();
        const answer = await callApi(baseURL, forged);
        expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
        expectProblem(answer, 401);
        expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
        expect(answer.json).toMatchObject({ detail: "The access token is invalid, expired or revoked." });
      }
    });
  }
});
