import { calculateJwkThumbprint, exportJWK, exportPKCS8, exportSPKI, generateKeyPair, type JWK } from "jose";
import { describe, expect, it } from "vitest";
import { readClientJwk, readClientKeyText } from "./client-key";
import { JwkError, SIGNATURE_ALGORITHMS } from "./jwk";

async function makePair(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  return { privateKey, publicKey, publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) };
}

const ec = await makePair("ES256");
const rsa = await makePair("RS256");
const ed = await makePair("Ed25519");

/** An odd number of so many bits, as the member of a JWK. */
function modulusOf(bits: number): string {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 255);
  bytes[0] = 255 >> (bytes.byteLength * 8 - bits);
  return bytes.toString("base64url");
}

async function faultOf(reading: Promise<unknown>) {
  const thrown: unknown = await reading.catch((error: unknown) => error);
  if (!(thrown instanceof JwkError)) throw new Error("the key was accepted");
  return { fault: thrown.fault, message: thrown.message, cause: thrown.cause };
}

/** A sound key whose text is that long, by a member that is dropped. */
function paddedKey(length: number): string {
  const text = JSON.stringify({ ...ec.publicJwk, x5c: "" });
  return text.replace('"x5c":""', `"x5c":"${"A".repeat(length - text.length)}"`);
}

describe("a public key that is accepted", () => {
  it.each(SIGNATURE_ALGORITHMS)("keeps a JWK that says %s, under its thumbprint", async (alg) => {
    const { publicJwk } = await makePair(alg);
    const thumbprint = await calculateJwkThumbprint(publicJwk);
    expect(await readClientJwk({ ...publicJwk, alg })).toEqual({
      publicJwk: { ...publicJwk, kid: thumbprint, alg, use: "sig" },
      thumbprint,
    });
  });

  it.each([
    ["ES256", ec.publicJwk],
    ["RS256", rsa.publicJwk],
    ["Ed25519", ed.publicJwk],
  ])("takes a key without alg for %s, by its type", async (alg, jwk) => {
    expect((await readClientJwk(jwk)).publicJwk.alg).toBe(alg);
  });

  it.each([2048, 8192])("takes an RSA modulus of %d bits", async (bits) => {
    const n = modulusOf(bits);
    expect((await readClientJwk({ ...rsa.publicJwk, n })).publicJwk).toMatchObject({ n, alg: "RS256" });
  });

  it("keeps the kid it has, and nothing that is not the key itself", async () => {
    const extra = { kid: "2026-11", x5c: ["canary"], x5u: "https://evil.example", comment: "canary", ext: true };
    const { publicJwk } = await readClientJwk({ ...ec.publicJwk, ...extra, use: "sig", key_ops: ["verify"] });
    expect(publicJwk).toEqual({ ...ec.publicJwk, kid: "2026-11", alg: "ES256", use: "sig" });
  });

  it.each([
    ["ES256", ec.publicKey, ec.publicJwk],
    ["RS256", rsa.publicKey, rsa.publicJwk],
    ["Ed25519", ed.publicKey, ed.publicJwk],
  ])("reads a PEM block for %s", async (alg, key, jwk) => {
    const pem = await exportSPKI(key);
    const expected = await readClientJwk({ ...jwk, alg });
    expect(await readClientKeyText(pem)).toEqual(expected);
    expect(await readClientKeyText(`\r\n  ${pem.replaceAll("\n", "\r\n")}  \n`)).toEqual(expected);
  });

  it("reads a JWK that was pasted with line breaks around and inside", async () => {
    expect(await readClientKeyText(`\n${JSON.stringify(ec.publicJwk, null, 2)}\n`)).toEqual(
      await readClientJwk(ec.publicJwk),
    );
  });
});

describe("a private key", () => {
  it.each([
    ["EC", ec.privateJwk],
    ["RSA", rsa.privateJwk],
    ["OKP", ed.privateJwk],
    ["an RSA key that hides behind one member", { ...rsa.publicJwk, dp: rsa.privateJwk.dp }],
    ["an empty private member", { ...ec.publicJwk, d: "" }],
  ] as [string, JWK][])("is refused as JWK: %s", async (_title, jwk) => {
    const refused = await faultOf(readClientKeyText(JSON.stringify(jwk)));
    expect(refused).toEqual({
      fault: "private",
      message: "holds private members; a private key must stay where it was made.",
      cause: undefined,
    });
  });

  it("is refused as PEM, of every kind", async () => {
    const pkcs8 = await exportPKCS8(ec.privateKey);
    const label = (name: string) => pkcs8.replaceAll("PRIVATE KEY", name);
    for (const pem of [pkcs8, label("EC PRIVATE KEY"), label("RSA PRIVATE KEY"), label("ENCRYPTED PRIVATE KEY")]) {
      expect(await faultOf(readClientKeyText(pem))).toEqual({
        fault: "private",
        message: "is a private key; it must stay where it was made.",
        cause: undefined,
      });
    }
    const both = `${await exportSPKI(ec.publicKey)}\n${pkcs8}`;
    expect((await faultOf(readClientKeyText(both))).fault).toBe("private");
  });

  it("is never shown in the refusal", async () => {
    const { message } = await faultOf(readClientJwk(ec.privateJwk));
    expect(message).not.toContain(ec.privateJwk.d);
  });
});

// Conformance: W14
describe("a key that names the older EdDSA", () => {
  it("is kept under the present name of its algorithm, Ed25519", async () => {
    const { publicJwk } = await readClientJwk({ ...ed.publicJwk, alg: "EdDSA" });
    expect(publicJwk).toMatchObject({ kty: "OKP", crv: "Ed25519", x: ed.publicJwk.x, alg: "Ed25519" });
  });
});

describe("a key that is refused", () => {
  it.each([
    ["a symmetric key", { kty: "oct", k: "c2VjcmV0" }, "symmetric"],
    ["a symmetric key in disguise", { ...ec.publicJwk, k: "c2VjcmV0" }, "symmetric"],
    ["a symmetric key without its value", { kty: "oct" }, "symmetric"],
    ["HS256", { ...ec.publicJwk, alg: "HS256" }, "algorithm"],
    ["alg none", { ...ec.publicJwk, alg: "none" }, "algorithm"],
    ["alg EdDSA of another curve", { ...ec.publicJwk, alg: "EdDSA" }, "algorithm"],
    ["RS512", { ...rsa.publicJwk, alg: "RS512" }, "algorithm"],
    ["an encryption algorithm", { ...rsa.publicJwk, alg: "RSA-OAEP" }, "algorithm"],
    ["alg of another key type", { ...ec.publicJwk, alg: "RS256" }, "algorithm"],
    ["another curve", { ...ec.publicJwk, crv: "P-384" }, "algorithm"],
    ["another curve under the name of ours", { ...ec.publicJwk, alg: "ES256", crv: "P-384" }, "algorithm"],
    ["an unknown type", { kty: "XYZ" }, "algorithm"],
    ["an encryption key", { ...ec.publicJwk, use: "enc" }, "malformed"],
    ["a key for signing only", { ...ec.publicJwk, key_ops: ["sign"] }, "malformed"],
    ["a missing member", { ...ec.publicJwk, y: undefined }, "malformed"],
    ["a member that is not base64url", { ...ec.publicJwk, x: "%%" }, "malformed"],
    ["a point off the curve", { ...ec.publicJwk, x: ec.publicJwk.y, y: ec.publicJwk.x }, "malformed"],
    ["an unusual RSA exponent", { ...rsa.publicJwk, e: "Aw" }, "weak"],
    ["a short RSA modulus", { ...rsa.publicJwk, n: rsa.publicJwk.n?.slice(0, 168) }, "weak"],
    ["an RSA modulus of 2047 bits", { ...rsa.publicJwk, n: modulusOf(2047) }, "weak"],
    ["an RSA modulus of 8193 bits", { ...rsa.publicJwk, n: modulusOf(8193) }, "malformed"],
    ["a kid with a space", { ...ec.publicJwk, kid: "a b" }, "kid"],
    ["a kid of 129 characters", { ...ec.publicJwk, kid: "k".repeat(129) }, "kid"],
    ["a kid that is a number", { ...ec.publicJwk, kid: 7 }, "kid"],
    ["a set of keys", { keys: [ec.publicJwk] }, "algorithm"],
    ["null", null, "malformed"],
    ["an array", [ec.publicJwk], "malformed"],
  ])("refuses %s", async (_title, jwk, fault) => {
    expect((await faultOf(readClientJwk(JSON.parse(JSON.stringify(jwk))))).fault).toBe(fault);
  });

  const [noObject, noBlock] = ["must be an object.", "must be one PUBLIC KEY block."];
  const noKey = "must be a key for one of ES256, PS256, RS256, Ed25519.";
  it.each([
    ["nothing", "", "malformed", noObject],
    ["a sentence", "my key", "malformed", noObject],
    ["repeated members", '{"kty":"EC","kty":"RSA"}', "malformed", noObject],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "malformed", noBlock],
    ["a PKCS#1 block", "-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----", "malformed", noBlock],
    ["a block that holds no key", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "algorithm", noKey],
    ["a key of no known type", '{"kty":"XYZ"}', "algorithm", "alg must be one of ES256, PS256, RS256, Ed25519."],
    [
      "an RSA key with a curve",
      JSON.stringify({ ...rsa.publicJwk, crv: "P-256" }),
      "algorithm",
      "crv must be absent for RS256.",
    ],
    ["a novel", "x".repeat(8193), "malformed", "is too long."],
    ["a sound key in 8193 characters", paddedKey(8193), "malformed", "is too long."],
    [
      "an RSA modulus that costs too much",
      JSON.stringify({ ...rsa.publicJwk, n: modulusOf(8193) }),
      "malformed",
      "the RSA modulus must have at most 8192 bits.",
    ],
  ])("refuses as text %s, and says why", async (_title, text, fault, message) => {
    expect(await faultOf(readClientKeyText(text))).toEqual({ fault, message, cause: undefined });
  });

  it("takes a key in 8192 characters, the longest text that is read", async () => {
    expect(await readClientKeyText(paddedKey(8192))).toEqual(await readClientJwk(ec.publicJwk));
  });

  it("refuses a PEM block of a curve that is not offered, and two blocks at once", async () => {
    const other = await generateKeyPair("ES384", { extractable: true });
    expect((await faultOf(readClientKeyText(await exportSPKI(other.publicKey)))).fault).toBe("algorithm");
    const pem = await exportSPKI(ec.publicKey);
    expect((await faultOf(readClientKeyText(`${pem}\n${pem}`))).fault).toBe("malformed");
  });
});
