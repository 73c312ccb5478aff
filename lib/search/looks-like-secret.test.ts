import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { encodeBase62, randomBase62 } from "@/lib/secrets/base62";
import { generateToken } from "@/lib/secrets/one-time-token";
import { createSecretFormat } from "@/lib/secrets/secret-format";
import { looksLikeSecret } from "./looks-like-secret";

/** Bytes that are the same on every run, and others for each number. */
const bytesOf = (number: number) => (size: number) =>
  Uint8Array.from({ length: size }, (_none, index) => (number * 37 + index * 101 + ((number * index) % 53)) % 256);

function secretOf(prefix: string, number: number): string {
  const masterKeys = [{ kid: "t", key: new Uint8Array(32).fill(7) }];
  return createSecretFormat({ prefix, masterKeys, randomBytes: bytesOf(number) }).generate("client");
}

const JWT = `${Buffer.from('{"typ":"at+jwt","alg":"ES256"}').toString("base64url")}.e30.c2lnbmF0dXJl`;

describe("what looks like a secret", () => {
  it.each(["vst", "a", "acme_prod", "A_1"])("is every client secret, whatever the prefix: %s", (prefix) => {
    for (let number = 0; number < 50; number += 1) {
      const secret = secretOf(prefix, number);
      expect(looksLikeSecret(secret), secret).toBe(true);
      expect(looksLikeSecret(`CLIENT_SECRET="${secret}"`)).toBe(true);
      expect(looksLikeSecret(`  ${secret} `)).toBe(true);
    }
  });

  it("is one that was copied without its end or its beginning", () => {
    const secret = secretOf("vst", 3);
    expect(looksLikeSecret(secret.slice(0, 30))).toBe(true);
    expect(looksLikeSecret(secret.slice(4))).toBe(true);
  });

  it.each([
    ["an access token", JWT],
    ["the beginning of one", JWT.slice(0, 30)],
    ["a header of HTTP", "Authorization: Basic YWJjOmRlZg=="],
    ["another one", "authorization: bearer abcdefghij"],
    ["a stored hash", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$BBBB"],
    ["a private key", "-----BEGIN PRIVATE KEY----- MIGHAgEAMBMG"],
    ["a one-time link", `https://portal.example/pick-up#${generateToken()}`],
    ["a one-time link that names its token", `https://portal.example/invitation#token=${generateToken()}`],
  ])("is %s", (_what, text) => {
    expect(looksLikeSecret(text)).toBe(true);
  });

  it.each([
    ["nothing", ""],
    ["a name", "Calendar – Nantes"],
    ["an e-mail address", "adele_dupont.Martin1234567890@lyon.example"],
    ["the slug of a room", "abc-defg-hij"],
    ["the link of a room", "https://meet.example/abc-defg-hij?lang=fr#config.x=1"],
    ["a request id", "0198f3a2-9d4c-7c11-8a90-5f6e7d8c9b0a"],
    ["an error code", "idempotency_key_malformed"],
    ["the last characters of a secret", "…P9Ur"],
    ["an external id made of a hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["an external id with an underscore", "event_60q30c1g60o30e1i60o4ac1g60rj8gpl88rj2c1h84s34h9g60s30c1g60o30c1g"],
    ["a long name in one word", "Team_InternationalConferenceRoom"],
    ["the address of a page of errors", "https://portal.example/developers/errors#idempotency_key_malformed"],
  ])("is not %s", (_what, text) => {
    expect(looksLikeSecret(text)).toBe(false);
  });

  it("is no client ID, of which people search", () => {
    for (let number = 0; number < 50; number += 1) {
      expect(looksLikeSecret(randomBase62(40, bytesOf(number)))).toBe(false);
    }
    expect(looksLikeSecret(encodeBase62(randomBytes(8)))).toBe(false);
  });
});
