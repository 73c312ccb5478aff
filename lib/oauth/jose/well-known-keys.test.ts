import type { JWK } from "jose";
import { describe, expect, it } from "vitest";
import { generateSigningKey, importKeyRing, SigningKeyError } from "./signing-key";
import { refuseWellKnownKeys } from "./well-known-keys";

const EXAMPLES: Record<string, JWK> = {
  "RFC 7515 appendix A.3": {
    kty: "EC",
    crv: "P-256",
    x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    d: "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    alg: "ES256",
  },
  "RFC 7517 appendix A.2": {
    kty: "EC",
    crv: "P-256",
    x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    alg: "ES256",
  },
  "RFC 8037 appendix A.1": {
    kty: "OKP",
    crv: "Ed25519",
    x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    alg: "Ed25519",
  },
};

// Conformance: W04
describe("a key that everybody can sign with", () => {
  it.each(Object.entries(EXAMPLES))("is known: %s, whatever it calls itself", async (_title, jwk) => {
    for (const kid of [undefined, "ours"]) {
      const ring = await importKeyRing({ keys: [JSON.parse(JSON.stringify({ ...jwk, kid }))] });
      await expect(refuseWellKnownKeys(ring)).rejects.toThrow(
        new SigningKeyError("keys[0]: is a published example; anybody can sign with it."),
      );
    }
  });

  it("is found behind a good one, where it could still vouch for forged tokens", async () => {
    const example = { ...EXAMPLES["RFC 7515 appendix A.3"] };
    const ring = await importKeyRing({ keys: [await generateSigningKey(), example] });
    await expect(refuseWellKnownKeys(ring)).rejects.toThrow(/^keys\[1\]/);
  });
});

it("lets fresh keys of every algorithm pass", async () => {
  const keys = await Promise.all((["ES256", "RS256", "Ed25519"] as const).map((alg) => generateSigningKey({ alg })));
  await expect(refuseWellKnownKeys(await importKeyRing({ keys }))).resolves.toBeUndefined();
});
