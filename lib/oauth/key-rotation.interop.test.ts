import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signAccessToken } from "./access-token/access-token";
import { toWebResponse } from "./http/endpoint-response";
import { generateSigningKey, importKeyRing, keyRingAt } from "./jose/signing-key";
import { PUBLISH_AHEAD_SECONDS, RETIREMENT_SECONDS, rotateSigningKeys, type SigningJwkSet } from "./key-rotation";
import { createJwksEndpoint } from "./metadata";
import { SOUND_CLAIMS } from "./testing/forge-token";
import { AUDIENCE, ISSUER, NOW } from "./testing/token-endpoint-doubles";

const JWKS_URL = new URL(`${ISSUER}/api/oauth/jwks`);

// The library reads the clock itself.
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
afterEach(() => vi.useRealTimers());

/** An authorization server whose keys are rotated, and a resource server with a library and habits of its own. */
async function createTwoParties() {
  let jwkSet: SigningJwkSet = { keys: [{ ...(await generateSigningKey()) }] };
  const keyRing = async () => keyRingAt(await importKeyRing(jwkSet), new Date());
  const endpoint = createJwksEndpoint({ keyRing });
  let fetches = 0;
  // A resource server that keeps the set for its max-age to the last second, and never asks for a key it does not know.
  const keys = createRemoteJWKSet(JWKS_URL, {
    cacheMaxAge: 600_000,
    cooldownDuration: Number.POSITIVE_INFINITY,
    [customFetch]: async (url, init) => {
      fetches += 1;
      return toWebResponse(await endpoint(new Request(url, { method: init.method, headers: init.headers })));
    },
  });
  return {
    fetches: () => fetches,
    async rotate(options: { publishAheadSeconds?: number } = {}) {
      jwkSet = (await rotateSigningKeys(jwkSet, { now: new Date(), ...options })).jwkSet;
    },
    async issue(): Promise<string> {
      const issuedAt = Math.floor(Date.now() / 1000);
      return signAccessToken(await keyRing(), { ...SOUND_CLAIMS, issuedAt, expiresAt: issuedAt + 3600 });
    },
    async accepts(token: string): Promise<boolean> {
      try {
        await jwtVerify(token, keys, { issuer: ISSUER, audience: AUDIENCE, typ: "at+jwt" });
        return true;
      } catch {
        return false;
      }
    },
  };
}

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

describe("a resource server that caches the key set", () => {
  // Conformance: M03
  it("accepts every token through two rotations, from its first second to its last", async () => {
    const parties = await createTwoParties();
    const tokens: { token: string; issuedAt: number }[] = [];
    const refused: number[] = [];
    const step = 120;
    for (let second = 0; second < 4 * 3600; second += step) {
      if (second === step) expect(await parties.accepts(await parties.issue())).toBe(true);
      if (second === 1200 || second === 1200 + PUBLISH_AHEAD_SECONDS + RETIREMENT_SECONDS) await parties.rotate();
      tokens.push({ token: await parties.issue(), issuedAt: second });
      for (const { token, issuedAt } of tokens) {
        if (second - issuedAt >= 3600) continue;
        if (!(await parties.accepts(token))) refused.push(second);
      }
      pass(step);
    }
    expect(refused).toEqual([]);
    expect(parties.fetches()).toBeLessThanOrEqual(25);
  });

  it("refuses tokens for a while when the new key is made to sign at once: that is what waiting is for", async () => {
    const parties = await createTwoParties();
    expect(await parties.accepts(await parties.issue())).toBe(true);
    await parties.rotate({ publishAheadSeconds: 0 });
    const token = await parties.issue();
    expect(await parties.accepts(token)).toBe(false);
    pass(601);
    expect(await parties.accepts(token)).toBe(true);
  });
});
