import { expect, it } from "vitest";
import { generateToken, hashToken } from "./one-time-token";

it("a one-time token is 256 bits as base64url, never the same twice", () => {
  const tokens = Array.from({ length: 100 }, generateToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  }
});

// FIPS 180-4, of "abc".
it("what is stored of a one-time token is its SHA-256 in hex, the same in every version", () => {
  expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
