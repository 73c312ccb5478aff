import { describe, expect, it } from "vitest";
import { encodeBase64Url } from "../http/base64";
import type { Signatures } from "../jose/signatures";
import type { SigningKey } from "../jose/signing-key";
import { base64UrlText, createForge, SOUND_CLAIMS } from "../testing/forge-token";
import { AUDIENCE, ISSUER, NOW } from "../testing/token-endpoint-doubles";
import { signAccessToken } from "./access-token";
import { createAccessTokenVerifier } from "./access-token-verifier";

const forge = await createForge();
const ES256 = { name: "ECDSA", hash: "SHA-256" };

/** An adapter that signs ES256 by itself, and writes down which keys it was asked to sign and to check with. */
function createSignatures() {
  const signed: string[] = [];
  const checked: string[] = [];
  const signatures: Signatures = {
    async sign({ kid, privateKey }: SigningKey, input) {
      signed.push(kid);
      return new Uint8Array(await crypto.subtle.sign(ES256, privateKey, Uint8Array.from(input)));
    },
    async verify({ kid, publicKey }, input, signature) {
      checked.push(kid);
      return crypto.subtle.verify(ES256, publicKey, Uint8Array.from(signature), Uint8Array.from(input));
    },
    encode: (value) => (typeof value === "string" ? base64UrlText(value) : encodeBase64Url(value)),
  };
  const deps = { keyRing: async () => forge.ring, issuer: ISSUER, audience: AUDIENCE, now: () => NOW };
  return { signatures, signed, checked, verify: createAccessTokenVerifier({ ...deps, signatures }) };
}

describe("an adapter that signs by itself", () => {
  it("decides alone whether a signature holds: bad_signature where it says no", async () => {
    const { verify, checked } = createSignatures();
    const [header, payload, signature = ""] = (await forge.sign()).split(".");
    const [, other] = (await forge.sign({ payload: { scope: "rooms:delete" } })).split(".");
    await expect(verify(`${header}.${other}.${signature}`)).rejects.toMatchObject({
      code: "invalid_token",
      reason: "bad_signature",
    });
    expect(checked).toEqual([forge.jwk.kid]);
    expect(await verify(`${header}.${payload}.${signature}`)).toEqual(SOUND_CLAIMS);
    expect(checked).toEqual([forge.jwk.kid, forge.jwk.kid]);
  });

  it("is not asked about what is no token of ours", async () => {
    const { verify, checked } = createSignatures();
    for (const header of [{ alg: "none" }, { kid: "other" }, { typ: "JWT" }]) {
      await expect(verify(await forge.sign({ header }))).rejects.toMatchObject({ code: "invalid_token" });
    }
    expect(checked).toEqual([]);
  });

  it("is never asked to sign claims that the verifier would refuse", async () => {
    const { signatures, signed } = createSignatures();
    const unsound = { ...SOUND_CLAIMS, subjectId: "alice@example.com" };
    await expect(signAccessToken(forge.ring, unsound, signatures)).rejects.toThrow(TypeError);
    expect(signed).toEqual([]);
  });

  it("makes the token that the library makes but for the signature, and each reads the other's", async () => {
    const { signatures, signed, verify } = createSignatures();
    const [own, library] = await Promise.all([
      signAccessToken(forge.ring, SOUND_CLAIMS, signatures),
      signAccessToken(forge.ring, SOUND_CLAIMS),
    ]);
    expect(signed).toEqual([forge.jwk.kid]);
    expect(own.split(".").slice(0, 2)).toEqual(library.split(".").slice(0, 2));
    expect([await forge.verify(own), await verify(library)]).toEqual([SOUND_CLAIMS, SOUND_CLAIMS]);
  });
});
