import { describe, expect, it } from "vitest";
import {
  generateSigningKey,
  importKeyRing,
  keyRingAt,
  publicJwks,
  SIGNS_FROM,
  SigningKeyError,
} from "./jose/signing-key";
import { PUBLISH_AHEAD_SECONDS, RETIREMENT_SECONDS, rotateSigningKeys, type SigningJwkSet } from "./key-rotation";
import { NOW, NOW_SECONDS } from "./testing/token-endpoint-doubles";

const first = await generateSigningKey();
const start: SigningJwkSet = { keys: [{ ...first }] };

function at(seconds: number): Date {
  return new Date((NOW_SECONDS + seconds) * 1000);
}

async function signerAt(jwkSet: SigningJwkSet, seconds: number): Promise<string> {
  return keyRingAt(await importKeyRing(jwkSet), at(seconds)).current.kid;
}

function kidsOf({ keys }: SigningJwkSet): unknown[] {
  return keys.map(({ kid }) => kid);
}

describe("a new key", () => {
  it("is published at once and signs once every cached key set has been fetched again", async () => {
    const { jwkSet, added, removed } = await rotateSigningKeys(start, { now: NOW });
    expect(kidsOf(jwkSet)).toEqual([added.kid, first.kid]);
    expect(publicJwks(await importKeyRing(jwkSet)).keys.map(({ kid }) => kid)).toEqual([added.kid, first.kid]);
    expect([await signerAt(jwkSet, 0), await signerAt(jwkSet, 600)]).toEqual([first.kid, first.kid]);
    expect(await signerAt(jwkSet, PUBLISH_AHEAD_SECONDS - 1)).toBe(first.kid);
    expect(await signerAt(jwkSet, PUBLISH_AHEAD_SECONDS)).toBe(added.kid);
    expect(added).toEqual({ kid: added.kid, alg: "ES256", signsFrom: at(PUBLISH_AHEAD_SECONDS) });
    expect(removed).toEqual([]);
  });

  it("waits longer than the ten minutes for which key sets are cached", () => {
    expect(PUBLISH_AHEAD_SECONDS).toBeGreaterThan(600);
  });

  it("signs at once when told so, and keeps the old one to verify with", async () => {
    const { jwkSet, added } = await rotateSigningKeys(start, { now: NOW, publishAheadSeconds: 0 });
    expect(await signerAt(jwkSet, 0)).toBe(added.kid);
    expect(kidsOf(jwkSet)).toEqual([added.kid, first.kid]);
  });

  it.each(["ES256", "RS256", "Ed25519"] as const)("may be %s, whatever the old one is", async (alg) => {
    const { jwkSet, added } = await rotateSigningKeys(start, { now: NOW, alg });
    expect(added.alg).toBe(alg);
    expect((await importKeyRing(jwkSet)).keys.get(added.kid)?.alg).toBe(alg);
  });

  it("takes its turn when rotations follow one another faster than that", async () => {
    const one = await rotateSigningKeys(start, { now: NOW });
    const two = await rotateSigningKeys(one.jwkSet, { now: at(60) });
    expect(await signerAt(two.jwkSet, 120)).toBe(first.kid);
    expect(await signerAt(two.jwkSet, PUBLISH_AHEAD_SECONDS)).toBe(one.added.kid);
    expect(await signerAt(two.jwkSet, PUBLISH_AHEAD_SECONDS + 60)).toBe(two.added.kid);
  });

  it("keeps the set it was made from as it was", async () => {
    const before = structuredClone(start);
    await rotateSigningKeys(start, { now: NOW });
    expect(start).toEqual(before);
  });
});

// Conformance: M03
describe("an old key", () => {
  it("stays published for longer than the longest life of a token after it signed for the last time", async () => {
    const one = await rotateSigningKeys(start, { now: NOW });
    const lastSignature = PUBLISH_AHEAD_SECONDS;
    for (const seconds of [0, lastSignature, lastSignature + 3600, lastSignature + RETIREMENT_SECONDS - 1]) {
      const two = await rotateSigningKeys(one.jwkSet, { now: at(seconds) });
      expect(kidsOf(two.jwkSet)).toEqual([two.added.kid, one.added.kid, first.kid]);
    }
    expect(RETIREMENT_SECONDS).toBeGreaterThan(3600);
  });

  it("goes with the first rotation after that", async () => {
    const one = await rotateSigningKeys(start, { now: NOW });
    const two = await rotateSigningKeys(one.jwkSet, { now: at(PUBLISH_AHEAD_SECONDS + RETIREMENT_SECONDS) });
    expect([kidsOf(two.jwkSet), two.removed]).toEqual([[two.added.kid, one.added.kid], [first.kid]]);
  });

  it("that was followed by hand, without a time, is kept for a full life from the next rotation on", async () => {
    const byHand: SigningJwkSet = { keys: [{ ...(await generateSigningKey()) }, { ...first }] };
    const one = await rotateSigningKeys(byHand, { now: NOW });
    expect(kidsOf(one.jwkSet)).toEqual([one.added.kid, ...kidsOf(byHand)]);
    const soon = await rotateSigningKeys(one.jwkSet, { now: at(RETIREMENT_SECONDS - 1) });
    expect(soon.removed).toEqual([]);
    const late = await rotateSigningKeys(one.jwkSet, { now: at(RETIREMENT_SECONDS) });
    expect(late.removed).toEqual([first.kid]);
  });

  it("goes at once when all are replaced, and the new one signs at once", async () => {
    const one = await rotateSigningKeys(start, { now: NOW });
    const leaked = await rotateSigningKeys(one.jwkSet, { now: at(1), replaceAll: true });
    expect(kidsOf(leaked.jwkSet)).toEqual([leaked.added.kid]);
    expect(leaked.removed).toEqual([one.added.kid, first.kid]);
    expect(leaked.added.signsFrom).toEqual(at(1));
  });
});

describe("the key that signs", () => {
  it("is the only one, even before its time", async () => {
    expect(await signerAt({ keys: [{ ...first, [SIGNS_FROM]: NOW_SECONDS + 9999 }] }, 0)).toBe(first.kid);
  });

  it("is the oldest one when the clock went back behind all of them", async () => {
    const one = await rotateSigningKeys({ keys: [{ ...first, [SIGNS_FROM]: NOW_SECONDS }] }, { now: NOW });
    const two = await rotateSigningKeys(one.jwkSet, { now: NOW });
    expect(kidsOf(two.jwkSet)).toHaveLength(3);
    expect(await signerAt(two.jwkSet, -86_400)).toBe(first.kid);
  });

  it("may sign from the first second of 1970 on, which is always", async () => {
    const { current } = await importKeyRing({ keys: [{ ...first, [SIGNS_FROM]: 0 }] });
    expect([current.kid, current.signsFrom]).toEqual([first.kid, 0]);
  });

  it.each([-1, 1.5, "1", null, Number.MAX_SAFE_INTEGER + 1])("cannot have %j as its time", async (signsFrom) => {
    await expect(importKeyRing({ keys: [{ ...first, [SIGNS_FROM]: signsFrom }] })).rejects.toThrow(
      new SigningKeyError("keys[0]: vst_signs_from must be a time in whole seconds."),
    );
  });

  it("is never published with its time", async () => {
    const { jwkSet } = await rotateSigningKeys(start, { now: NOW });
    expect(JSON.stringify(publicJwks(await importKeyRing(jwkSet)))).not.toContain("vst_");
  });
});

it("refuses to rotate a set that could not be used", async () => {
  await expect(rotateSigningKeys({ keys: [] }, { now: NOW })).rejects.toThrow(SigningKeyError);
  await expect(rotateSigningKeys({ keys: [{ kty: "oct" }] }, { now: NOW })).rejects.toThrow(SigningKeyError);
});
