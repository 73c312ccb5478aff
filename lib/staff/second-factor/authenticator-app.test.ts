import { describe, expect, it } from "vitest";
import { createSealer } from "@/lib/secrets/seal";
import { testConfig } from "@/lib/testing/test-config";
import { findStep, makeSealedKey, showKey, toAppCode } from "./authenticator-app";

const config = testConfig();
const ANA = "0190a5c0-0000-7000-8000-000000000001";

/** RFC 6238 appendix B, cut to six digits. */
const sealedKey = createSealer(config.masterKeys, "staff-authenticator-app").seal(
  Buffer.from("12345678901234567890"),
  ANA,
);
const stepOf = (code: string, seconds: number, staffMemberId = ANA) =>
  findStep(config, { staffMemberId, sealedKey, code, now: new Date(seconds * 1_000) });

describe("findStep", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("takes the code that RFC 6238 gives for second %d", (seconds, code) => {
    expect(stepOf(code, seconds)).toBe(Math.floor(seconds / 30));
  });

  it("takes the code of the step before and of the step after, and tells which it was", () => {
    expect(stepOf("287082", 89)).toBe(1);
    expect(stepOf("287082", 0)).toBe(1);
  });

  it.each([
    ["of two steps ago", "287082", 90],
    ["that is wrong", "287083", 59],
    ["that is empty", "", 59],
  ])("takes none %s", (_what, code, seconds) => {
    expect(stepOf(code, seconds)).toBeNull();
  });

  it("opens the key of nobody else", () => {
    expect(() => stepOf("287082", 59, "0190a5c0-0000-7000-8000-000000000002")).toThrow(RangeError);
  });
});

describe("showKey", () => {
  it("shows 160 random bits in groups of four, and a picture of them", () => {
    const made = makeSealedKey(config, ANA);
    const shown = showKey(config, { staffMemberId: ANA, email: "ana@example.com", sealedKey: made });
    expect(shown.key).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(shown.qr.path).toMatch(/^(?:M\d+ \d+h1v1h-1z)+$/);
    expect(shown.qr.size).toBeGreaterThan(40);
    expect(made).not.toContain(shown.key.replaceAll(" ", ""));
    const other = showKey(config, {
      staffMemberId: ANA,
      email: "ana@example.com",
      sealedKey: makeSealedKey(config, ANA),
    });
    expect(other.key).not.toBe(shown.key);
  });
});

describe("toAppCode", () => {
  it.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["12345", undefined],
    ["1234567", undefined],
    ["12345a", undefined],
    ["١٢٣٤٥٦", undefined],
    ["", undefined],
  ])("reads %j as %j", (text, code) => {
    expect(toAppCode(text)).toBe(code);
  });
});
