import { describe, expect, it } from "vitest";
import { generateSigningKey, SIGNS_FROM } from "@/lib/oauth/jose/signing-key";
import type { SigningJwkSet } from "@/lib/oauth/key-rotation";
import { createKeyRingSource, type KeyRingSourceDeps } from "./create-key-ring-source";

const START = Date.parse("2026-11-23T12:00:00Z");
const [one, two] = [await generateSigningKey(), await generateSigningKey()];
const setOf = (...keys: object[]): SigningJwkSet => ({ keys: keys.map((key) => ({ ...key })) });

/** A source over a file in memory. */
function createSource(overrides: Partial<KeyRingSourceDeps> = {}) {
  const state = { now: START, version: "1", content: setOf(one), stats: 0, reads: 0 };
  const events: unknown[] = [];
  const keyRing = createKeyRingSource({
    initial: setOf(one),
    file: "keys.json",
    async readVersion() {
      state.stats += 1;
      return state.version;
    },
    async readKeys() {
      state.reads += 1;
      return state.content;
    },
    onReloaded: (ring) => events.push([...ring.keys.keys()]),
    onError: (error) => events.push(error instanceof Error ? error.message : error),
    now: () => new Date(state.now),
    ...overrides,
  });
  const signer = async () => (await keyRing()).current.kid;
  return { state, events, keyRing, signer };
}

describe("a running server", () => {
  it("takes up a changed file within five seconds, and says so once", async () => {
    const { state, events, signer } = createSource();
    expect(await signer()).toBe(one.kid);
    Object.assign(state, { version: "2", content: setOf(two, one) });
    state.now += 4_999;
    expect(await signer()).toBe(one.kid);
    state.now += 1;
    expect(await signer()).toBe(two.kid);
    state.now += 5_000;
    await signer();
    expect(events).toEqual([[two.kid, one.kid]]);
  });

  it("sees in its first request after a long silence what was done in it", async () => {
    const { state, signer } = createSource();
    await signer();
    state.now += 86_400_000;
    Object.assign(state, { version: "2", content: setOf(two) });
    expect(await signer()).toBe(two.kid);
  });

  it("reads a file that has not changed no more than once, and looks at it once in five seconds", async () => {
    const { state, events, signer } = createSource();
    for (let second = 0; second < 20; second += 1) {
      await Promise.all([signer(), signer(), signer()]);
      state.now += 1_000;
    }
    expect([state.stats, state.reads, events]).toEqual([4, 1, []]);
  });

  it("goes on looking when its clock is set back", async () => {
    const { state, signer } = createSource();
    await signer();
    state.now -= 3_600_000;
    Object.assign(state, { version: "2", content: setOf(two) });
    expect(await signer()).toBe(two.kid);
  });

  it("lets a new key sign when its time has come, without any change of the file", async () => {
    const { state, signer } = createSource();
    Object.assign(state, { version: "2", content: setOf({ ...two, [SIGNS_FROM]: START / 1000 + 660 }, one) });
    expect(await signer()).toBe(one.kid);
    state.now += 659_999;
    expect(await signer()).toBe(one.kid);
    state.now += 1;
    expect(await signer()).toBe(two.kid);
  });

  it("does not look for a file when its keys were given by value", async () => {
    const { state, signer } = createSource({ file: undefined });
    Object.assign(state, { version: "2", content: setOf(two) });
    state.now += 60_000;
    expect([await signer(), state.stats]).toEqual([one.kid, 0]);
  });

  it("makes nobody wait for a file that is slow, but the request that looks at it", async () => {
    let finish: (version: string) => void = () => {};
    const slow = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const { signer } = createSource({ readVersion: () => slow });
    const first = signer();
    expect(await signer()).toBe(one.kid);
    finish("1");
    expect(await first).toBe(one.kid);
  });
});

describe("a file that cannot be used", () => {
  it.each([
    ["is missing", { readVersion: () => Promise.reject(new Error("ENOENT")) }, "ENOENT"],
    ["cannot be read", { readKeys: () => Promise.reject(new Error("EACCES")) }, "EACCES"],
    ["holds no keys", { readKeys: async () => setOf() }, "The set of signing keys is empty."],
    [
      "holds a symmetric key",
      { readKeys: async () => setOf({ kty: "oct" }) },
      "keys[0]: is symmetric; whoever verifies could sign.",
    ],
  ])("because it %s changes nothing and is reported once", async (_title, overrides, message) => {
    const { state, events, signer } = createSource(overrides);
    for (let round = 0; round < 3; round += 1) {
      expect(await signer()).toBe(one.kid);
      state.now += 5_000;
    }
    expect(events).toEqual([message]);
  });

  it("is taken up as soon as it is mended", async () => {
    const { state, events, signer } = createSource();
    Object.assign(state, { version: "2", content: setOf() });
    expect(await signer()).toBe(one.kid);
    Object.assign(state, { version: "3", content: setOf(two, one) });
    state.now += 5_000;
    expect(await signer()).toBe(two.kid);
    expect(events).toEqual(["The set of signing keys is empty.", [two.kid, one.kid]]);
  });
});

it("does not remember that the keys it was started with could not be imported", async () => {
  const initial = setOf();
  const keyRing = createKeyRingSource({
    initial,
    file: undefined,
    readVersion: async () => "",
    readKeys: async () => initial,
    onReloaded() {},
    onError() {},
    now: () => new Date(START),
  });
  await expect(keyRing()).rejects.toThrow("The set of signing keys is empty.");
  initial.keys.push({ ...one });
  expect((await keyRing()).current.kid).toBe(one.kid);
});
