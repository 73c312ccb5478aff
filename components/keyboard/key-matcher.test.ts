import { describe, expect, it } from "vitest";
import { createKeyMatcher, SEQUENCE_PAUSE_MS } from "./key-matcher";

const SEQUENCES = ["/", "c", "?", "g a", "g p"];

/** Presses keys one after the other, `pause` milliseconds apart, and returns what was recognised. */
function pressAll(keys: string, pause = 100): string[] {
  const matcher = createKeyMatcher(SEQUENCES);
  return [...keys].flatMap((key, index) => matcher.press(key, index * pause) ?? []);
}

describe("the keys of the portal", () => {
  it("are recognised alone and one after the other", () => {
    expect(pressAll("c")).toEqual(["c"]);
    expect(pressAll("ga")).toEqual(["g a"]);
    expect(pressAll("ga/gpc?")).toEqual(["g a", "/", "g p", "c", "?"]);
  });

  it("are nothing while a sequence has only begun, nor when nobody knows them", () => {
    expect(pressAll("g")).toEqual([]);
    expect(pressAll("xyz")).toEqual([]);
    expect(pressAll("a")).toEqual([]);
    expect(pressAll("ag")).toEqual([]);
  });

  it("do nothing after a first key that they do not belong to", () => {
    expect(pressAll("gc")).toEqual([]);
    expect(pressAll("g/")).toEqual([]);
    expect(pressAll("gga")).toEqual([]);
  });

  it("are recognised again right after a sequence that came to nothing", () => {
    expect(pressAll("gxc")).toEqual(["c"]);
    expect(pressAll("gxga")).toEqual(["g a"]);
  });

  it("wait as long as they say for the next key, and no longer", () => {
    expect(pressAll("ga", SEQUENCE_PAUSE_MS)).toEqual(["g a"]);
    expect(pressAll("ga", SEQUENCE_PAUSE_MS + 1)).toEqual([]);
    // The second one is a key by itself then.
    expect(pressAll("gc", SEQUENCE_PAUSE_MS + 1)).toEqual(["c"]);
  });

  it("forget what was begun when told to", () => {
    const matcher = createKeyMatcher(SEQUENCES);
    matcher.press("g", 0);
    matcher.forget();
    expect(matcher.press("a", 1)).toBeUndefined();
    expect(matcher.press("c", 2)).toBe("c");
  });
});
