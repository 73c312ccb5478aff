import { describe, expect, it } from "vitest";
import { decodeBase64Url, decodeUtf8 } from "../http/base64";
import { generateSigningKey, importKeyRing, SIGNING_ALGORITHMS } from "../jose/signing-key";
import { SOUND_CLAIMS, SOUND_PAYLOAD } from "../testing/forge-token";
import { AUDIENCE, ISSUER, NOW, testKeyRing } from "../testing/token-endpoint-doubles";
import { type AccessTokenClaims, createTokenId, isTokenId, signAccessToken } from "./access-token";
import { createAccessTokenVerifier } from "./access-token-verifier";

function decodePart(token: string, index: number): unknown {
  return JSON.parse(decodeUtf8(decodeBase64Url(token.split(".")[index] ?? "") ?? new Uint8Array()) ?? "");
}

describe("signing", () => {
  // Conformance: P01
  it.each(SIGNING_ALGORITHMS)(
    "writes typ at+jwt, %s and the kid, and the verifier reads the claims back",
    async (alg) => {
      const jwk = await generateSigningKey({ alg });
      const ring = await importKeyRing({ keys: [jwk] });
      const token = await signAccessToken(ring, SOUND_CLAIMS);
      expect(decodePart(token, 0)).toEqual({ typ: "at+jwt", alg, kid: jwk.kid });
      const deps = { keyRing: async () => ring, issuer: ISSUER, audience: AUDIENCE, now: () => NOW };
      expect(await createAccessTokenVerifier(deps)(token)).toEqual(SOUND_CLAIMS);
    },
  );

  // Conformance: P02, P03
  it("writes exactly the claims of RFC 9068, those of live revocation and those of upstream", async () => {
    expect(decodePart(await signAccessToken(await testKeyRing(), SOUND_CLAIMS), 1)).toEqual(SOUND_PAYLOAD);
  });

  it("signs with the newest key and still verifies tokens of the older one", async () => {
    const [older, newer] = [await generateSigningKey(), await generateSigningKey({ alg: "Ed25519" })];
    const before = await importKeyRing({ keys: [older] });
    const after = await importKeyRing({ keys: [newer, older] });
    const deps = { issuer: ISSUER, audience: AUDIENCE, now: () => NOW };
    const verify = createAccessTokenVerifier({ ...deps, keyRing: async () => after });
    expect(await verify(await signAccessToken(before, SOUND_CLAIMS))).toEqual(SOUND_CLAIMS);
    expect(decodePart(await signAccessToken(after, SOUND_CLAIMS), 0)).toMatchObject({ kid: newer.kid, alg: "Ed25519" });
  });

  it("stays far below the size that the verifier takes, with every scope granted", async () => {
    const scopes = ["rooms:list", "rooms:retrieve", "rooms:create", "rooms:update", "rooms:delete"];
    const ring = await importKeyRing({ keys: [await generateSigningKey({ alg: "RS256" })] });
    expect((await signAccessToken(ring, { ...SOUND_CLAIMS, scopes })).length).toBeLessThan(2048);
  });

  it.each([
    // Conformance: P06
    ["a subject that is a client id", { subjectId: "calendar" }],
    ["an address as subject", { subjectId: "alice@example.com" }],
    ["an address as client", { clientId: "alice@example.com" }],
    ["an empty client", { clientId: "" }],
    ["an address among the scopes", { scopes: ["rooms:list", "alice@example.com"] }],
    ["a scope with a space", { scopes: ["rooms:list rooms:create"] }],
    ["an empty scope token", { scopes: [""] }],
    ["a credential that is not a UUID", { credentialId: "1" }],
    ["a fractional version", { credentialVersion: 1.5 }],
    ["a short token id", { tokenId: "x".repeat(21) }],
    ["no life", { expiresAt: SOUND_CLAIMS.issuedAt }],
    ["a life above an hour", { expiresAt: SOUND_CLAIMS.issuedAt + 3601 }],
    ["an end that is not a number", { expiresAt: Number.NaN }],
    ["a start that is not whole", { issuedAt: SOUND_CLAIMS.issuedAt + 0.5 }],
    ["a start and an end that are not whole", { issuedAt: 0.5, expiresAt: 60.5 }],
    ["a start before 1970", { issuedAt: -60, expiresAt: 0 }],
    ["a negative version", { credentialVersion: -1 }],
  ] satisfies [string, Partial<AccessTokenClaims>][])("refuses %s", async (_title, changes) => {
    await expect(signAccessToken(await testKeyRing(), { ...SOUND_CLAIMS, ...changes })).rejects.toThrow(TypeError);
  });

  it("signs what is zero and may be: a credential that was never replaced, a start in the first second of 1970", async () => {
    const zero = { ...SOUND_CLAIMS, credentialVersion: 0, issuedAt: 0, expiresAt: 60 };
    expect(decodePart(await signAccessToken(await testKeyRing(), zero), 1)).toMatchObject({ cv: 0, iat: 0, exp: 60 });
  });

  it("names every claim that is at fault, and shows none of them", async () => {
    const unsound = { ...SOUND_CLAIMS, subjectId: "alice@example.com", clientId: "" };
    await expect(signAccessToken(await testKeyRing(), unsound)).rejects.toThrow(
      new TypeError("These access token claims are not valid: subjectId, clientId"),
    );
  });
});

describe("token ids", () => {
  it("are 160 bits, well-formed and never the same", () => {
    const ids = Array.from({ length: 1000 }, createTokenId);
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id.length === 27 && isTokenId(id)).toBe(true);
  });
});
