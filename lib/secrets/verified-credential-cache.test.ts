import { describe, expect, it } from "vitest";
import { createVerifiedCredentialCache } from "./verified-credential-cache";

const PHC = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaA";
const MINUTE = 60_000;

function cacheWithClock(options: { entriesMax?: number } = {}) {
  let time = 1_000_000;
  const cache = createVerifiedCredentialCache({ now: () => time, ...options });
  return { cache, pass: (milliseconds: number) => (time += milliseconds) };
}

describe("the name of an entry", () => {
  const { cache } = cacheWithClock();
  const name = cache.key(PHC, "secret");

  it("is the same for the same row and secret", () => {
    expect(cache.key(PHC, "secret")).toBe(name);
  });

  it.each([
    ["another hash of the same secret, as after a rotation", `${PHC.slice(0, -1)}B`, "secret"],
    ["another secret", PHC, "Secret"],
    ["characters moved from one to the other", PHC.slice(0, -1), "Asecret"],
    ["a NUL in the secret", PHC, "\0secret"],
  ])("differs for %s", (_title, phc, presented) => {
    expect(cache.key(phc, presented)).not.toBe(name);
  });

  it("differs in every process", () => {
    expect(cacheWithClock().cache.key(PHC, "secret")).not.toBe(name);
  });

  it("shows neither the hash nor the secret", () => {
    expect(name).toMatch(/^[\w-]{43}$/);
  });
});

describe("what is remembered", () => {
  it("is nothing at first", () => {
    expect(cacheWithClock().cache.get("a")).toBeUndefined();
  });

  it("is a match for ten minutes and not a millisecond more", () => {
    const { cache, pass } = cacheWithClock();
    cache.set("a", true);
    pass(10 * MINUTE - 1);
    expect(cache.get("a")).toBe(true);
    pass(1);
    expect(cache.get("a")).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it("is a mismatch for one minute and not a millisecond more", () => {
    const { cache, pass } = cacheWithClock();
    cache.set("a", false);
    pass(MINUTE - 1);
    expect(cache.get("a")).toBe(false);
    pass(1);
    expect(cache.get("a")).toBeUndefined();
  });

  it("is not prolonged by use", () => {
    const { cache, pass } = cacheWithClock();
    cache.set("a", true);
    for (let minute = 0; minute < 10; minute += 1) {
      expect(cache.get("a")).toBe(true);
      pass(MINUTE);
    }
    expect(cache.get("a")).toBeUndefined();
  });

  it("counts from the newest check", () => {
    const { cache, pass } = cacheWithClock();
    cache.set("a", false);
    pass(MINUTE - 1);
    cache.set("a", true);
    pass(MINUTE);
    expect(cache.get("a")).toBe(true);
    expect(cache.size).toBe(1);
  });
});

describe("the bound", () => {
  it("is 10 000 entries unless told otherwise", () => {
    const { cache } = cacheWithClock();
    for (let index = 0; index < 10_050; index += 1) cache.set(`entry ${index}`, index % 2 === 0);
    expect(cache.size).toBe(10_000);
    expect(cache.get("entry 49")).toBeUndefined();
    expect(cache.get("entry 50")).toBe(true);
  });

  it("drops the entry that was used longest ago, not the oldest", () => {
    const { cache } = cacheWithClock({ entriesMax: 2 });
    cache.set("a", true);
    cache.set("b", true);
    cache.get("a");
    cache.set("c", true);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([true, undefined, true]);
  });

  it("does not grow when an entry is written again", () => {
    const { cache } = cacheWithClock({ entriesMax: 2 });
    cache.set("a", true);
    cache.set("b", true);
    cache.set("b", false);
    expect([cache.size, cache.get("a"), cache.get("b")]).toEqual([2, true, false]);
  });
});
