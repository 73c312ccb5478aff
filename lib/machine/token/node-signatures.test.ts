import { KeyObject, sign } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type AccessTokenClaims, createTokenId, signAccessToken } from "@/lib/oauth/access-token/access-token";
import { createAccessTokenVerifier } from "@/lib/oauth/access-token/access-token-verifier";
import {
  generateSigningKey,
  importKeyRing,
  type KeyRing,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
} from "@/lib/oauth/jose/signing-key";
import { nodeSignatures } from "./node-signatures";

const ISSUER = "https://portal.example";
const AUDIENCE = "https://portal.example/api/external/rooms";
const NOW = new Date("2026-11-23T12:00:00.000Z");
const INPUT = new TextEncoder().encode("what is signed");

const rings = new Map<SigningAlgorithm, KeyRing>();

beforeAll(async () => {
  for (const alg of SIGNING_ALGORITHMS) {
    const keys = [await generateSigningKey({ alg }), await generateSigningKey({ alg })];
    rings.set(alg, await importKeyRing({ keys }));
  }
});

function ringOf(alg: SigningAlgorithm): KeyRing {
  return rings.get(alg) ?? expect.fail();
}

function claims(): AccessTokenClaims {
  return {
    issuer: ISSUER,
    audience: AUDIENCE,
    subjectId: "0193575a-0000-7000-8000-00000000a11c",
    clientId: "calendar é",
    scopes: ["rooms:list", "rooms:create"],
    credentialId: "0193575a-0000-7000-8000-0000000000c1",
    credentialVersion: 3,
    tokenId: createTokenId(),
    issuedAt: NOW.getTime() / 1000,
    expiresAt: NOW.getTime() / 1000 + 3600,
  };
}

describe.each(SIGNING_ALGORITHMS)("a token that is signed with %s", (alg) => {
  const verifier = (signatures?: typeof nodeSignatures) =>
    createAccessTokenVerifier({
      keyRing: async () => ringOf(alg),
      signatures,
      issuer: ISSUER,
      audience: AUDIENCE,
      now: () => NOW,
    });

  it("says byte for byte what the library would have signed", async () => {
    const said = claims();
    const [own, library] = await Promise.all([
      signAccessToken(ringOf(alg), said, nodeSignatures),
      signAccessToken(ringOf(alg), said),
    ]);
    const signed = (token: string) => token.slice(0, token.lastIndexOf("."));
    expect(signed(own)).toBe(signed(library));
  });

  it("is read by the library, and one of the library is read here", async () => {
    const said = claims();
    expect(await verifier()(await signAccessToken(ringOf(alg), said, nodeSignatures))).toEqual(said);
    expect(await verifier(nodeSignatures)(await signAccessToken(ringOf(alg), said))).toEqual(said);
  });

  it("is refused when anything in it was changed", async () => {
    const token = await signAccessToken(ringOf(alg), claims(), nodeSignatures);
    const [header = "", payload = "", signature = ""] = token.split(".");
    const other = await signAccessToken(ringOf(alg), claims(), nodeSignatures);
    const flipped = Buffer.from(signature, "base64url");
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    for (const [signedPayload, forged] of [
      [other.split(".")[1], signature],
      [payload, flipped.toString("base64url")],
      [payload, other.split(".")[2]],
    ]) {
      const refused = verifier(nodeSignatures)(`${header}.${signedPayload}.${forged}`);
      await expect(refused).rejects.toMatchObject({ code: "invalid_token", reason: "bad_signature" });
    }
  });
});

describe.each(SIGNING_ALGORITHMS)("a signature with %s", (alg) => {
  const keysOf = () => [...ringOf(alg).keys.values()];

  it("holds for its input and its key alone", async () => {
    const [key = expect.fail(), otherKey = expect.fail()] = keysOf();
    const signature = await nodeSignatures.sign(key, INPUT);
    expect(await nodeSignatures.verify(key, INPUT, signature)).toBe(true);
    expect(await nodeSignatures.verify(key, INPUT.slice(1), signature)).toBe(false);
    expect(await nodeSignatures.verify(otherKey, INPUT, signature)).toBe(false);
  });

  it.each<[string, (signature: Uint8Array) => Uint8Array]>([
    ["nothing", () => new Uint8Array()],
    ["zeros", (signature) => new Uint8Array(signature.length)],
    ["ones", (signature) => new Uint8Array(signature.length).fill(255)],
    ["a byte less", (signature) => signature.slice(0, -1)],
    ["a byte more", (signature) => Uint8Array.of(...signature, 0)],
    ["a byte more in front", (signature) => Uint8Array.of(0, ...signature)],
  ])("is not %s", async (_title, change) => {
    const [key = expect.fail()] = keysOf();
    expect(await nodeSignatures.verify(key, INPUT, change(await nodeSignatures.sign(key, INPUT)))).toBe(false);
  });
});

it("has for ES256 the one form of RFC 7518: two numbers in 64 bytes, and not the form of ASN.1", async () => {
  const { current } = ringOf("ES256");
  expect(await nodeSignatures.sign(current, INPUT)).toHaveLength(64);
  const inAsn1 = sign("sha256", INPUT, KeyObject.from(current.privateKey));
  expect(await nodeSignatures.verify(current, INPUT, inAsn1)).toBe(false);
});
