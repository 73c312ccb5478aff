import { expect, test } from "@playwright/test";
import { exportSPKI, importJWK } from "jose";
import { client } from "../support/clients";
import { encode, resign, serverPublicKey, signText, signWithSecret } from "../support/forge";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, claimsOf, headerOf, obtainToken } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const ALICE = "alice@example.com";

/** Longer than this and a forged token would be a way to keep the server busy. The machine may be slow; a bomb takes a quarter of an hour. */
const PATIENCE_MS = 60_000;

const partsOf = (token: string) => token.split(".") as [string, string, string];

/** The public key as text, in each form in which somebody might use it for an HMAC secret. */
async function publicKeyTexts(): Promise<string[]> {
  const jwk = serverPublicKey();
  const pem = await exportSPKI((await importJWK({ ...jwk, ext: true }, "ES256")) as CryptoKey);
  return [pem, pem.trim(), JSON.stringify(jwk)];
}

type Forgery = (token: string) => string | Promise<string> | Promise<string[]>;

const FORGERIES: [string, Forgery][] = [
  ...["none", "None", "nOnE", "NONE"].map((alg): [string, Forgery] => [
    `W01 the algorithm ${alg}, with and without a signature`,
    async (token) => {
      const [, payload, signature] = partsOf(token);
      const header = encode(JSON.stringify({ ...headerOf(token), alg }));
      return [`${header}.${payload}.`, `${header}.${payload}.${signature}`];
    },
  ]),
  ["W01 an empty signature", (token) => `${token.split(".").slice(0, 2).join(".")}.`],
  [
    "W02 our public key as the secret of an HMAC",
    async (token) => Promise.all((await publicKeyTexts()).map((text) => signWithSecret(token, text))),
  ],
  ...["ES384", "RS256", "PS256", "Ed25519", "HS256"].map((alg): [string, Forgery] => [
    `W03 our own signature under the name ${alg}`,
    (token) => resign(token, { header: { alg } }),
  ]),
  [
    "W04 well-known secrets",
    async (token) =>
      Promise.all(
        ["secret", "changeme", "password", "your-256-bit-secret", ""]
          .map((secret) => secret.padEnd(1, "\0"))
          .map((secret) => signWithSecret(token, secret)),
      ),
  ],
  ["W09 five parts", (token) => `${token}.x.y`],
  ["W09 two parts", (token) => partsOf(token).slice(0, 2).join(".")],
  ["W09 a trailing dot", (token) => `${token}.`],
  ["W09 padding at the end", (token) => `${token}=`],
  ["W10 an encrypted token with two milliards of iterations", (token) => encryptedToken(token, { p2c: 2 ** 31 })],
  ["W10 an encrypted token that inflates", (token) => encryptedToken(token, { zip: "DEF" })],
  ["W13 a critical extension", (token) => resign(token, { header: { crit: ["x"], x: true } })],
  [
    "W13 a header that repeats a member",
    (token) => signText(repeated(headerOf(token), "alg", "none"), JSON.stringify(claimsOf(token))),
  ],
  [
    "W13 claims that repeat a member",
    (token) => signText(JSON.stringify(headerOf(token)), repeated(claimsOf(token), "scope", "rooms:delete")),
  ],
  ["W14 the old name EdDSA", (token) => resign(token, { header: { alg: "EdDSA" } })],
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
