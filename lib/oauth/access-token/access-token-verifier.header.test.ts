import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { generateSigningKey } from "../jose/signing-key";
import { base64UrlText, createForge, SOUND_CLAIMS, SOUND_PAYLOAD } from "../testing/forge-token";

let forge: Awaited<ReturnType<typeof createForge>>;

beforeAll(async () => {
  forge = await createForge();
});

const payloadPart = base64UrlText(JSON.stringify(SOUND_PAYLOAD));

function unsigned(header: Record<string, unknown>, signature = ""): string {
  return `${base64UrlText(JSON.stringify(header))}.${payloadPart}.${signature}`;
}

/** An HMAC token under any bytes as secret. */
function hmac(secret: string, header: Record<string, unknown> = {}): Promise<string> {
  const key = new TextEncoder().encode(secret.padEnd(32, "\0"));
  return new SignJWT(SOUND_PAYLOAD).setProtectedHeader({ ...forge.header, alg: "HS256", ...header }).sign(key);
}

describe("the sound token", () => {
  it("is accepted and read whole", async () => {
    expect(await forge.verify(await forge.sign())).toEqual(SOUND_CLAIMS);
  });

  // Conformance: P04
  it.each(["at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"])("is accepted with typ %s", async (typ) => {
    expect(await forge.judge(await forge.sign({ header: { typ } }))).toBe("accepted");
  });
});

describe("algorithms", () => {
  // Conformance: W01
  it.each(["none", "None", "nOnE", "NONE"])("refuses alg %s, with and without a signature", async (alg) => {
    const signature = (await forge.sign()).split(".")[2];
    expect(await forge.judge(unsigned({ ...forge.header, alg }))).toBe("invalid_token 401 not_compact_jws");
    expect(await forge.judge(unsigned({ ...forge.header, alg }, signature))).toBe("invalid_token 401 wrong_algorithm");
  });

  // Conformance: W01
  it("refuses an empty signature", async () => {
    expect(await forge.judge(unsigned(forge.header))).toBe("invalid_token 401 not_compact_jws");
  });

  // Conformance: W02
  it("refuses HS256 under the text of the public key", async () => {
    const { kty, crv, x, y, kid } = forge.jwk;
    for (const secret of [JSON.stringify({ kty, crv, x, y }), JSON.stringify({ kty, crv, x, y, kid }), x ?? ""]) {
      expect(await forge.judge(await hmac(secret))).toBe("invalid_token 401 wrong_algorithm");
    }
  });

  // Conformance: W03
  it.each(["ES384", "ES512", "RS256", "PS256", "EdDSA", "Ed25519", "es256", "HS256"])(
    "refuses an ES256 signature that claims %s",
    async (alg) => {
      expect(await forge.judge(await forge.sign({ header: { alg } }))).toBe("invalid_token 401 wrong_algorithm");
    },
  );

  it.each([undefined, null, 256, ["ES256"], { ES256: true }])("refuses the alg value %j", async (alg) => {
    expect(await forge.judge(await forge.sign({ header: { alg } }))).toBe("invalid_token 401 wrong_algorithm");
  });

  // Conformance: W04
  it.each(["secret", "changeme", "", "devKey", "ThisIsAnExampleKeyForDevPurposeOnly"])(
    "refuses HS256 under the well-known secret '%s'",
    async (secret) => {
      expect(await forge.judge(await hmac(secret))).toBe("invalid_token 401 wrong_algorithm");
    },
  );

  it("refuses another key under our kid, and the other key under its own", async () => {
    const other = await createForge();
    const stolen = await other.sign({ header: { kid: forge.jwk.kid } });
    expect(await forge.judge(stolen)).toBe("invalid_token 401 bad_signature");
    expect(await forge.judge(await other.sign())).toBe("invalid_token 401 unknown_key");
  });
});

describe("key selection", () => {
  // Conformance: W06
  it.each([
    ["../../etc/passwd"],
    ["' OR 1=1"],
    ["__proto__"],
    ["constructor"],
    [""],
    [undefined],
    [null],
    [0],
    [["kid"]],
    [{ kid: "kid" }],
  ])("refuses the kid %j", async (kid) => {
    expect(await forge.judge(await forge.sign({ header: { kid } }))).toBe("invalid_token 401 unknown_key");
  });

  // Conformance: W06
  it("refuses a kid of 64 KiB before decoding it", async () => {
    const token = await forge.sign({ header: { kid: "k".repeat(65_536) } });
    expect(await forge.judge(token)).toBe("invalid_token 401 token_too_long");
  });

  // Conformance: W07, W13
  it.each(["jwk", "jku", "x5u", "x5c", "x5t", "crit", "b64", "zip", "cty", "enc", "p2c", "__proto__"])(
    "refuses a header with %s, even signed with our key",
    async (name) => {
      const members = JSON.stringify(forge.header).slice(1);
      const token = await forge.signText(`{"${name}":["x"],${members}`, JSON.stringify(SOUND_PAYLOAD));
      expect(await forge.judge(token)).toBe("invalid_token 401 header_member_refused");
    },
  );

  // Conformance: W07
  it("refuses a token that brings its own key along", async () => {
    const own = await generateSigningKey();
    const token = await forge.sign({ header: { jwk: own, kid: own.kid } });
    expect(await forge.judge(token)).toBe("invalid_token 401 header_member_refused");
  });
});

describe("types", () => {
  // Conformance: P04, W08
  it.each([
    undefined,
    "JWT",
    "client-authentication+jwt",
    "dpop+jwt",
    "at+jwt ",
    "application/application/at+jwt",
    "text/at+jwt",
    "at+application/jwt",
    "",
    null,
    ["at+jwt"],
  ])("refuses typ %j", async (typ) => {
    expect(await forge.judge(await forge.sign({ header: { typ } }))).toBe("invalid_token 401 wrong_type");
  });
});

describe("serialization", () => {
  // Conformance: W09, W10
  it("refuses everything but three canonical parts", async () => {
    const token = await forge.sign();
    const [header = "", payload = "", signature = ""] = token.split(".");
    const refused = [
      "",
      ".",
      "..",
      "...",
      header,
      `${header}.${payload}`,
      `${token}.`,
      `.${token}`,
      `${header}..${signature}`,
      `${token}.a.b`,
      `${header}.a.b.c.d`,
      ` ${token}`,
      `${token} `,
      `${token}\n`,
      `\uFEFF${token}`,
      `${token}=`,
      `${header}.${payload}=.${signature}`,
      token.replaceAll(".", ". "),
      JSON.stringify({ protected: header, payload, signature }),
      JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    ];
    for (const text of refused) expect(await forge.judge(text)).toBe("invalid_token 401 not_compact_jws");
  });

  // Conformance: W13
  it.each([
    ["a member twice", (header: string) => header.replace("{", '{"alg":"none",')],
    ["a member repeated through an escape", (header: string) => header.replace("{", '{"k\\u0069d":"x",')],
    ["an array", (header: string) => `[${header}]`],
    ["no JSON", () => "alg=ES256"],
    ["a byte order mark", (header: string) => `\uFEFF${header}`],
    ["two objects", (header: string) => header + header],
  ])("refuses a header that is %s", async (_title, change) => {
    const token = await forge.signText(change(JSON.stringify(forge.header)), JSON.stringify(SOUND_PAYLOAD));
    expect(await forge.judge(token)).toBe("invalid_token 401 header_malformed");
  });

  it("refuses every token that differs from a sound one in a single character", async () => {
    const token = await forge.sign();
    for (let at = 0; at < token.length; at += 1) {
      const other = token.charAt(at) === "A" ? "B" : "A";
      const verdict = await forge.judge(token.slice(0, at) + other + token.slice(at + 1));
      expect(verdict, `position ${at}`).toMatch(/^invalid_token 401 /);
    }
  });

  it("refuses the other spellings of the same signature bytes", async () => {
    const token = await forge.sign();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // 64 bytes leave four unused bits in the last character.
    const last = alphabet.indexOf(token.at(-1) ?? "");
    for (let bits = 1; bits < 16; bits += 1) {
      const verdict = await forge.judge(token.slice(0, -1) + alphabet.charAt(last ^ bits));
      expect(verdict).toBe("invalid_token 401 not_compact_jws");
    }
  });
});
