import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretFormat, type MasterKey, secretHint } from "./secret-format";

const masterKey = (kid: string): MasterKey => ({ kid, key: randomBytes(32) });
const format = createSecretFormat({ prefix: "vst", masterKeys: [masterKey("a")] });
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The same text with the character at `index` replaced by another one of the alphabet. */
function alter(text: string, index: number): string {
  const other = ALPHABET.charAt((ALPHABET.indexOf(text.charAt(index)) + 1) % ALPHABET.length);
  return text.slice(0, index) + other + text.slice(index + 1);
}

describe("a generated secret", () => {
  it("has 71 unreserved characters: prefix, key id, 43 random ones, tag", () => {
    const secret = format.generate("client-1");
    expect(secret).toHaveLength(71);
    expect(secret).toMatch(/^vst_a[A-Za-z0-9]{43}_[A-Za-z0-9]{22}$/);
  });

  it("is written the same by HTTP Basic's form encoding", () => {
    const secret = format.generate("client-1");
    expect(new URLSearchParams({ secret }).toString()).toBe(`secret=${secret}`);
  });

  it("is authentic for the client it was made for", () => {
    expect(format.check("client-1", format.generate("client-1"))).toBe("authentic");
  });

  // The expected text was computed by another implementation of the same definition.
  it("stays what it is for the same key, client and random bytes, on every machine and in every version", () => {
    const fixed = createSecretFormat({
      prefix: "vst",
      masterKeys: [{ kid: "1", key: new Uint8Array(32).fill(7) }],
      randomBytes: (size) => new Uint8Array(size).map((_, index) => index),
    });
    expect(fixed.generate("0190f3a4-client")).toMatchInlineSnapshot(
      `"vst_10123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg_gTJ34SdrlTyvGCIKrZhO97"`,
    );
  });

  // Conformance: N43
  it("takes the bytes that would favour some characters for no character", () => {
    const bytes = [Uint8Array.from([248, 255, 0, 61]), Uint8Array.from(Array.from({ length: 43 }, () => 62))];
    const biased = createSecretFormat({
      prefix: "vst",
      masterKeys: [masterKey("a")],
      randomBytes: () => bytes.shift() ?? new Uint8Array(43),
    });
    expect(biased.generate("client-1").slice(5, 48)).toBe(`0z${"0".repeat(41)}`);
  });

  // Conformance: N43
  it("does not repeat in 10 000, nor does its random part or its tag", () => {
    const secrets = Array.from({ length: 10_000 }, () => format.generate("client-1"));
    expect(new Set(secrets).size).toBe(10_000);
    expect(new Set(secrets.map((secret) => secret.slice(5, 48))).size).toBe(10_000);
    expect(new Set(secrets.map((secret) => secret.slice(-22))).size).toBe(10_000);
  });

  // Conformance: N43
  it("draws all 62 characters evenly in its random part and its tag", () => {
    for (const part of [(secret: string) => secret.slice(5, 48), (secret: string) => secret.slice(-20)]) {
      const counts = new Map<string, number>();
      let total = 0;
      for (let index = 0; index < 10_000; index += 1) {
        for (const character of part(format.generate("client-1"))) {
          counts.set(character, (counts.get(character) ?? 0) + 1);
          total += 1;
        }
      }
      const expected = total / 62;
      const chiSquare = [...ALPHABET].reduce((sum, it) => sum + ((counts.get(it) ?? 0) - expected) ** 2 / expected, 0);
      // 61 degrees of freedom: mean 61, deviation 11. A modulo bias at this sample size gives many hundreds.
      expect(chiSquare).toBeLessThan(150);
    }
  });
});

describe("check", () => {
  it("refuses a secret whose tag was made for another client", () => {
    expect(format.check("client-2", format.generate("client-1"))).toBe("forged");
  });

  it.each(["", "client-1\0", "client-1 ", "CLIENT-1", "client-1\0x"])(
    "tells client id %j from client-1",
    (clientId) => {
      expect(format.check(clientId, format.generate("client-1"))).toBe("forged");
    },
  );

  it("refuses a secret in which any single character was changed", () => {
    const secret = format.generate("client-1");
    for (let index = 5; index < secret.length; index += 1) {
      if (secret[index] === "_") continue;
      expect(format.check("client-1", alter(secret, index))).toBe("forged");
    }
  });

  it("refuses a secret made with another master key under the same key id", () => {
    const other = createSecretFormat({ prefix: "vst", masterKeys: [masterKey("a")] });
    expect(format.check("client-1", other.generate("client-1"))).toBe("forged");
  });

  it("names a key id it does not know", () => {
    const other = createSecretFormat({ prefix: "vst", masterKeys: [masterKey("b")] });
    expect(format.check("client-1", other.generate("client-1"))).toBe("unknown_key");
  });

  const secret = format.generate("client-1");
  it.each([
    ["nothing", ""],
    ["the prefix alone", "vst_"],
    ["another prefix", secret.replace("vst_", "abc_")],
    ["no prefix", secret.slice(4)],
    ["a prefix in capitals", secret.replace("vst_", "VST_")],
    ["one character less", secret.slice(0, -1)],
    ["one character more", `${secret}A`],
    ["a space before", ` ${secret}`],
    ["a line break after", `${secret}\n`],
    ["a NUL in it", secret.replace(/.$/, "\0")],
    ["a character beyond the alphabet", secret.replace(/.$/, "é")],
    ["a fullwidth digit", secret.replace(/.$/, "１")],
    ["a hyphen", secret.replace(/.$/, "-")],
    ["the random part without the tag", secret.slice(0, 48)],
    ["the secret twice", secret + secret],
    [
      "a stored hash (T5)",
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g",
    ],
    ["128 alphanumeric characters", "A".repeat(128)],
    ["a very long text", "A".repeat(1_000_000)],
  ])("calls %s malformed", (_title, presented) => {
    expect(format.check("client-1", presented)).toBe("malformed");
  });

  it("calls every cut of a secret malformed, the first 70 characters included (T6)", () => {
    for (let length = 0; length < secret.length; length += 1) {
      expect(format.check("client-1", secret.slice(0, length))).toBe("malformed");
    }
  });
});

describe("rotation of the master key (T10)", () => {
  const [older, newer] = [masterKey("1"), masterKey("2")];
  const before = createSecretFormat({ prefix: "vst", masterKeys: [older] });
  const during = createSecretFormat({ prefix: "vst", masterKeys: [newer, older] });
  const after = createSecretFormat({ prefix: "vst", masterKeys: [newer] });

  it("makes new secrets with the first key", () => {
    expect(during.generate("client-1").slice(0, 5)).toBe("vst_2");
  });

  it("goes on accepting secrets of the older key while it is listed", () => {
    expect(during.check("client-1", before.generate("client-1"))).toBe("authentic");
  });

  it("refuses secrets of the older key once it is taken off the list", () => {
    expect(after.check("client-1", before.generate("client-1"))).toBe("unknown_key");
  });

  it("refuses a secret that claims the other key id", () => {
    const secret = before.generate("client-1").replace("vst_1", "vst_2");
    expect(during.check("client-1", secret)).toBe("forged");
  });
});

describe("settings", () => {
  const key = randomBytes(32);
  const kidRule = "A master key id must be one of [A-Za-z0-9].";
  const prefixRule = "The secret prefix must be 1 to 32 of [A-Za-z0-9_].";
  it.each([
    ["no key at all", "vst", [], "At least one master key is needed to make secrets."],
    ["a short key", "vst", [{ kid: "a", key: randomBytes(31) }], "The master key a must have at least 32 bytes."],
    ["an empty key id", "vst", [{ kid: "", key }], kidRule],
    ["a key id of two characters", "vst", [{ kid: "ab", key }], kidRule],
    ["a key id outside the alphabet", "vst", [{ kid: "_", key }], kidRule],
    ["the same key id twice", "vst", [{ kid: "a", key }, masterKey("a")], "The master key id a is used twice."],
    ["an empty prefix", "", [{ kid: "a", key }], prefixRule],
    ["a prefix with a pattern in it", "v.*", [{ kid: "a", key }], prefixRule],
    ["a prefix that begins with something else", "!vst", [{ kid: "a", key }], prefixRule],
  ])("refuse %s without showing key material", (_title, prefix, masterKeys, message) => {
    expect(() => createSecretFormat({ prefix, masterKeys })).toThrow(new RangeError(message));
  });

  it("allow another prefix, underscores included", () => {
    const other = createSecretFormat({ prefix: "my_portal", masterKeys: [{ kid: "a", key }] });
    expect(other.check("client-1", other.generate("client-1"))).toBe("authentic");
  });
});

describe("secretHint", () => {
  it("is the end of the random part, never a part of the tag", () => {
    const secret = format.generate("client-1");
    expect(secretHint(secret)).toBe(secret.slice(44, 48));
  });

  it("refuses anything that is not a secret, without repeating it", () => {
    expect(() => secretHint("hunter2")).toThrow(/^The value is not a client secret\.$/);
  });
});
