import fc from "fast-check";
import { exportSPKI } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeBase64Url, encodeBase64Url } from "../http/base64";
import { accidents, anyText } from "../testing/arbitraries";
import { base64UrlText, createForge, SOUND_CLAIMS, SOUND_PAYLOAD } from "../testing/forge-token";
import { attemptAsync, fuzz } from "../testing/fuzz";

let forge: Awaited<ReturnType<typeof createForge>>;
/** Two sound tokens of the same key, and what others would like to pass for one. */
let sound: string;
let narrower: string;
let parts: { headers: string[]; payloads: string[]; signatures: string[] };
/** Every way to write our public key down, as the secret of an HMAC. */
let publicKeyTexts: string[];

beforeAll(async () => {
  forge = await createForge();
  const stranger = await createForge();
  sound = await forge.sign();
  narrower = await forge.sign({ payload: { scope: "rooms:list", jti: "token-id-000000000000000002" } });
  const impostor = await stranger.sign({ header: { kid: forge.jwk.kid } });
  const nameless = base64UrlText(JSON.stringify({ ...forge.header, alg: "none" }));
  const wider = base64UrlText(JSON.stringify({ ...SOUND_PAYLOAD, scope: "rooms:list rooms:create rooms:delete" }));
  const all = [sound, narrower, impostor, await stranger.sign(), `${nameless}.${wider}.`].map((token) =>
    token.split("."),
  );
  const column = (at: number) => all.map((token) => token[at] ?? "");
  parts = { headers: column(0), payloads: column(1), signatures: column(2) };

  const { kty, crv, x = "", y = "", kid } = forge.jwk;
  const pem = await exportSPKI(forge.ring.current.publicKey);
  const jwks = [{ kty, crv, x, y }, { crv, kty, x, y }, forge.ring.current.publicJwk].map((jwk) => JSON.stringify(jwk));
  publicKeyTexts = [pem, pem.trim(), pem.replace(/-----[A-Z ]+-----|\s/g, ""), ...jwks, x, y, x + y, kid];
});

/** Expects a refusal of RFC 6750 for everything but the tokens that were really issued. */
async function expectOnlyTheOriginals(token: string): Promise<void> {
  const outcome = await attemptAsync(() => forge.verify(token));
  if (token === sound) expect(outcome).toEqual({ value: SOUND_CLAIMS });
  else if (token === narrower) expect(outcome).toMatchObject({ value: { scopes: ["rooms:list"] } });
  else expect(outcome).toMatchObject({ refused: { code: "invalid_token", status: 401 } });
}

const units = fc.constantFrom(..."AQZaz09-_.=+/ ", "\n", "é", "\ufeff", "e30", "..", "eyJ");
const jsonValue = fc.oneof(
  fc.constantFrom<unknown>(null, "", 0, [], {}, "none", "HS256", "ES256", "at+jwt", "__proto__", "../../dev/null"),
  fc.jsonValue({ maxDepth: 2 }),
);

function withMember(part: string, name: string, value: unknown): string {
  const text = new TextDecoder().decode(decodeBase64Url(part));
  return base64UrlText(JSON.stringify({ ...Object(JSON.parse(text)), [name]: value }));
}

describe("a token that was changed", () => {
  // Conformance: W01, W09
  fuzz(
    "is refused after any accident to its text",
    fc.asyncProperty(accidents(units), (spoil) => expectOnlyTheOriginals(spoil(sound))),
    { runs: 1500 },
  );

  fuzz(
    "is refused when any bit of any part is flipped",
    fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(7), (index, place, bit) => {
      const flipped = sound.split(".").map((part, at) => {
        const bytes = decodeBase64Url(part) ?? new Uint8Array();
        const target = place % bytes.length;
        return at === index ? encodeBase64Url(bytes.map((byte, i) => (i === target ? byte ^ (1 << bit) : byte))) : part;
      });
      return expectOnlyTheOriginals(flipped.join("."));
    }),
    { runs: 1500 },
  );

  const pick = fc.nat(4);
  fuzz(
    "is refused when it is put together from parts of other tokens",
    fc.asyncProperty(pick, pick, pick, fc.option(fc.base64String()), (header, payload, signature, own) => {
      const ends = [parts.signatures[signature], own?.replace(/[+/=]/g, "")].filter((end) => end !== undefined);
      return expectOnlyTheOriginals([parts.headers[header], parts.payloads[payload], ends.at(-1)].join("."));
    }),
  );

  const headerName = fc.oneof(
    fc.constantFrom("alg", "kid", "typ", "crit", "jwk", "jku", "x5u", "zip", "b64"),
    fc.string(),
  );
  const claimName = fc.oneof(fc.constantFrom(...Object.keys(SOUND_PAYLOAD), "cnf"), fc.string());
  // Conformance: W05, W06, W07, W12
  fuzz(
    "is refused when one member of its header or its payload is another",
    fc.asyncProperty(fc.option(headerName), fc.option(claimName), jsonValue, (inHeader, inPayload, value) => {
      const [header = "", payload = "", signature = ""] = sound.split(".");
      const headerPart = inHeader === null ? header : withMember(header, inHeader, value);
      const payloadPart = inPayload === null ? payload : withMember(payload, inPayload, value);
      return expectOnlyTheOriginals(`${headerPart}.${payloadPart}.${signature}`);
    }),
  );
});

describe("a token that was made up", () => {
  // Conformance: W02, W03
  fuzz(
    "is refused when an HMAC under our public key, in any of its spellings, stands for the signature",
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom("SHA-256", "SHA-384", "SHA-512"),
      fc.constantFrom("ES256", "HS256", "HS384", "HS512", "none", "RS256"),
      fc.constantFrom(undefined, "kid-of-nobody"),
      async (index, hash, alg, kid) => {
        const secret = new TextEncoder().encode(publicKeyTexts[index % publicKeyTexts.length]);
        const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, ["sign"]);
        const header = base64UrlText(JSON.stringify({ ...forge.header, alg, ...(kid === undefined ? {} : { kid }) }));
        const input = `${header}.${base64UrlText(JSON.stringify(SOUND_PAYLOAD))}`;
        const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(input));
        // 64 octets are what an ES256 signature has, so cut and fill to that as well.
        const octets = Uint8Array.from({ length: 64 }, (_, at) => new Uint8Array(signature)[at] ?? 0);
        await expectOnlyTheOriginals(`${input}.${encodeBase64Url(new Uint8Array(signature))}`);
        await expectOnlyTheOriginals(`${input}.${encodeBase64Url(octets)}`);
      },
    ),
    { runs: 500 },
  );

  const weakNumber = fc.constantFrom(
    0n,
    1n,
    2n ** 256n - 1n,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  );
  fuzz(
    "is refused when its signature is made of the numbers that broken verifiers accept",
    fc.asyncProperty(weakNumber, weakNumber, (r, s) => {
      const hexadecimal = [r, s].map((number) => number.toString(16).padStart(64, "0")).join("");
      const octets = Uint8Array.from({ length: 64 }, (_, at) =>
        Number.parseInt(hexadecimal.slice(at * 2, at * 2 + 2), 16),
      );
      return expectOnlyTheOriginals(`${sound.slice(0, sound.lastIndexOf("."))}.${encodeBase64Url(octets)}`);
    }),
    { runs: 100 },
  );

  // Conformance: W06, W09, W10
  fuzz(
    "is refused in good time, whatever it is",
    fc.asyncProperty(
      fc.oneof(
        anyText,
        fc.tuple(anyText, anyText, anyText).map((three) => three.map(base64UrlText).join(".")),
      ),
      (text) => expectOnlyTheOriginals(text),
    ),
  );
});

describe("the other signature that ECDSA allows for the same words", () => {
  it("says the very same, so it is no forgery", async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const octets = decodeBase64Url(sound.slice(sound.lastIndexOf(".") + 1)) ?? new Uint8Array();
    const s = octets.slice(32).reduce((number, octet) => number * 256n + BigInt(octet), 0n);
    const twin = (order - s).toString(16).padStart(64, "0");
    const mirrored = octets.map((octet, at) =>
      at < 32 ? octet : Number.parseInt(twin.slice(at * 2 - 64, at * 2 - 62), 16),
    );
    const token = `${sound.slice(0, sound.lastIndexOf("."))}.${encodeBase64Url(mirrored)}`;
    expect(token).not.toBe(sound);
    // Whoever tells tokens apart by their text would be fooled; by `jti` it is one and the same.
    expect(await forge.verify(token)).toEqual(SOUND_CLAIMS);
  });
});
