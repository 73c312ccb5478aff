import { describe, expect, it } from "vitest";
import { generatePinCode, generateRoomSlug, isRoomSlug } from "./room-slug";

describe("a room slug", () => {
  it("has the shape xxx-xxxx-xxx in lower-case letters", () => {
    for (let index = 0; index < 1_000; index += 1) expect(generateRoomSlug()).toMatch(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  });

  it("uses every letter equally often, within what chance allows", () => {
    const counts = new Map<string, number>();
    const draws = 5_000;
    for (let index = 0; index < draws; index += 1) {
      for (const letter of generateRoomSlug().replaceAll("-", "")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const expected = (draws * 10) / 26;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 25 degrees of freedom: exceeded once in a hundred thousand runs.
    expect(counts.size).toBe(26);
    expect(chiSquare).toBeLessThan(68);
  });

  it("throws bytes away that would favour the first letters", () => {
    // 234 is 9 times 26: from there on a byte would be an a, b, c … once too often.
    const bytes = [255, 254, 234, 0, 1, 25, 26, 233, 2, 3, 4, 5, 6];
    const random = (size: number) => Uint8Array.from(bytes.splice(0, size));
    expect(generateRoomSlug(random)).toBe("abz-azcd-efg");
  });

  it.each(["aaa-aaaa-aaa"])("is recognised: %s", (text) => expect(isRoomSlug(text)).toBe(true));

  it.each([
    "",
    "aaa-aaaa-aa",
    "aaa-aaaa-aaaa",
    "AAA-aaaa-aaa",
    "aaa_aaaa_aaa",
    "aaa-aaaa-aaa\n",
    "aaaa-aaa-aaa",
    "a1a-aaaa-aaa",
  ])("is not taken for one: %j", (text) => expect(isRoomSlug(text)).toBe(false));
});

describe("a PIN", () => {
  it.each([4, 10])("has %i digits", (length) => {
    expect(generatePinCode(length)).toMatch(new RegExp(`^\\d{${length}}$`));
  });

  it("throws bytes away that would favour the first digits", () => {
    const bytes = [250, 255, 9, 0, 249, 10];
    expect(generatePinCode(4, (size) => Uint8Array.from(bytes.splice(0, size)))).toBe("9090");
  });
});
