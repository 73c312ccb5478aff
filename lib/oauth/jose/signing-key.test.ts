import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { describe, expect, it } from "vitest";
import { generateSigningKey, importKeyRing, publicJwks, SIGNING_ALGORITHMS, SigningKeyError } from "./signing-key";

async function messageFor(...keys: unknown[]): Promise<string> {
  const thrown: unknown = await importKeyRing({ keys }).catch((error: unknown) => error);
  if (!(thrown instanceof SigningKeyError)) throw new Error("the ring was accepted");
  expect(thrown.cause).toBeUndefined();
  return thrown.message;
}

const es256 = await generateSigningKey();

describe("generation", () => {
  it.each(SIGNING_ALGORITHMS)("makes a private %s key whose kid is its RFC 7638 thumbprint", async (alg) => {
    const jwk = await generateSigningKey({ alg });
    expect(jwk).toMatchObject({ alg, use: "sig", kid: await calculateJwkThumbprint(jwk), d: expect.any(String) });
    expect((await importKeyRing({ keys: [jwk] })).current.alg).toBe(alg);
  });

  it("makes ES256 keys unless told otherwise, and never the same one", async () => {
    const other = await generateSigningKey();
    expect([es256.alg, other.alg]).toEqual(["ES256", "ES256"]);
    expect(other.kid).not.toBe(es256.kid);
  });
});

describe("import", () => {
  it("keeps the order, signs with the first and finds every key by its kid", async () => {
    const keys = [await generateSigningKey(), es256];
    const ring = await importKeyRing({ keys });
    expect(ring.current.kid).toBe(keys[0]?.kid);
    expect(Array.from(ring.keys.keys())).toEqual(keys.map((key) => key.kid));
  });

  it("gives a key without kid its thumbprint", async () => {
    const { kid, ...rest } = es256;
    expect((await importKeyRing({ keys: [rest] })).current.kid).toBe(kid);
  });

  it("holds private keys that cannot be exported again", async () => {
    expect((await importKeyRing({ keys: [es256] })).current.privateKey.extractable).toBe(false);
  });

  it.each([undefined, null, "keys", [], {}, { keys: "x" }, { keys: { 0: es256 } }])(
    "refuses %j as a set",
    async (set) => {
      await expect(importKeyRing(set)).rejects.toThrow("The signing keys must be a JWK set with a keys array.");
    },
  );

  it("refuses an empty set", async () => {
    expect(await messageFor()).toBe("The set of signing keys is empty.");
  });

  const algorithms = "keys[0]: alg must be one of ES256, RS256, Ed25519.";
  it.each([
    [
      "a symmetric key",
      { kty: "oct", k: "c2VjcmV0", alg: "HS256" },
      "keys[0]: is symmetric; whoever verifies could sign.",
    ],
    ["a symmetric key in disguise", { ...es256, k: "c2VjcmV0" }, "keys[0]: is symmetric; whoever verifies could sign."],
    ["HS256", { ...es256, alg: "HS256" }, algorithms],
    ["alg none", { ...es256, alg: "none" }, algorithms],
    // Conformance: W14
    ["alg EdDSA", { ...es256, alg: "EdDSA" }, algorithms],
    ["no alg", { ...es256, alg: undefined }, algorithms],
    ["alg of another key type", { ...es256, alg: "RS256" }, "keys[0]: kty must be RSA for RS256."],
    ["another curve", { ...es256, crv: "P-384" }, "keys[0]: crv must be P-256 for ES256."],
    ["no curve", { ...es256, crv: undefined }, "keys[0]: crv must be P-256 for ES256."],
    ["an encryption key", { ...es256, use: "enc" }, "keys[0]: use must be sig."],
    ["a verification key", { ...es256, key_ops: ["verify"] }, "keys[0]: key_ops must include sign."],
    ["a member that is not base64url", { ...es256, x: "%%" }, "keys[0]: x is missing or is not base64url."],
    ["a missing member", { ...es256, y: undefined }, "keys[0]: y is missing or is not base64url."],
    ["an empty private member", { ...es256, d: "" }, "keys[0]: d is missing or is not base64url."],
    ["a point off the curve", { ...es256, x: es256.y, y: es256.x }, "keys[0]: is not a valid ES256 key."],
    ["an empty kid", { ...es256, kid: "" }, "keys[0]: kid must be 1 to 128 printable characters."],
    ["a kid that is a number", { ...es256, kid: 7 }, "keys[0]: kid must be 1 to 128 printable characters."],
    ["a kid with a line break", { ...es256, kid: "a\nb" }, "keys[0]: kid must be 1 to 128 printable characters."],
    ["text", "key", "keys[0]: must be an object."],
    ["null", null, "keys[0]: must be an object."],
  ])("refuses %s and says so", async (_title, jwk, message) => {
    expect(await messageFor(JSON.parse(JSON.stringify(jwk)))).toBe(message);
  });

  it("refuses a public key", async () => {
    const { d: _d, ...publicOnly } = es256;
    expect(await messageFor(publicOnly)).toBe("keys[0]: holds a public key only; a private key is needed to sign.");
  });

  it("refuses the same kid twice, and names the second key", async () => {
    expect(await messageFor(es256, { ...(await generateSigningKey()), kid: es256.kid })).toBe(
      "keys[1]: the kid is used by an earlier key.",
    );
  });

  it.each(["ES256", "Ed25519"] as const)(
    "refuses the private half of one %s key with the public half of another",
    async (alg) => {
      const [one, other] = [await generateSigningKey({ alg }), await generateSigningKey({ alg })];
      expect(await messageFor({ ...one, d: other.d })).toBe(`keys[0]: is not a valid ${alg} key.`);
    },
  );

  it("refuses an RSA key whose modulus belongs to another, also where the platform imports it without complaint", async () => {
    const [one, other] = [await generateSigningKey({ alg: "RS256" }), await generateSigningKey({ alg: "RS256" })];
    // OpenSSL 3.5 looks at it by itself, as in Node.js 24.
    expect(await messageFor({ ...one, n: other.n })).toMatch(
      /^keys\[0\]: (?:the private and public members do not belong together|is not a valid RS256 key)\.$/,
    );
  });

  it("refuses an RSA modulus below 2048 bits, one padded with zeros included", async () => {
    const short = await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      true,
      ["sign", "verify"],
    );
    const jwk: JWK = { ...(await exportJWK(short.privateKey)), alg: "RS256" };
    const weak = "keys[0]: the RSA modulus must have at least 2048 bits.";
    expect(await messageFor(jwk)).toBe(weak);
    expect(await messageFor({ ...jwk, n: `${"A".repeat(172)}${jwk.n}` })).toBe(weak);
  });

  it("accepts 2048 bits and refuses an unusual exponent", async () => {
    const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
    const jwk: JWK = { ...(await exportJWK(privateKey)), alg: "RS256" };
    expect((await importKeyRing({ keys: [jwk] })).current.alg).toBe("RS256");
    expect(await messageFor({ ...jwk, e: "Aw" })).toBe("keys[0]: the RSA public exponent must be 65537.");
  });

  it("never shows key material in a message", async () => {
    const message = await messageFor({ ...es256, d: `${es256.d}!` });
    expect(message).not.toContain(es256.d);
  });
});

describe("publication", () => {
  // Conformance: M03
  it("shows no private member, and none that was not asked for", async () => {
    const jwks = await Promise.all(SIGNING_ALGORITHMS.map((alg) => generateSigningKey({ alg })));
    const ring = await importKeyRing({ keys: jwks.map((jwk) => ({ ...jwk, comment: "canary", x5c: ["canary"] })) });
    const names = publicJwks(ring).keys.map((key) => Object.keys(key).sort().join(" "));
    expect(names).toEqual(["alg crv kid kty use x y", "alg e kid kty n use", "alg crv kid kty use x"]);
  });
});
