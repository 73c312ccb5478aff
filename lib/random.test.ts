import { describe, expect, it } from "vitest";
import { randomText } from "./random";

describe("random text", () => {
  it("takes no character from bytes that would favour the first ones", () => {
    // 256 is five times 51 and one: the byte 255 has no partner.
    const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY";
    const bytes = [255, 0, 255, 254, 51];
    const random = (size: number) => Uint8Array.from({ length: size }, () => bytes.shift() ?? 255);
    expect(randomText(3, alphabet, random)).toBe("aYa");
  });

  it("draws each character as often as any other", () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const drawn = randomText(250, "0123456789", () => all);
    for (const digit of "0123456789") expect(drawn.split(digit)).toHaveLength(26);
  });
});
