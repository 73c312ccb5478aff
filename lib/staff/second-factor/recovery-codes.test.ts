import { describe, expect, it } from "vitest";
import { generateRecoveryCodes, hashRecoveryCode, RECOVERY_CODES } from "./recovery-codes";

const CODE = "abcde-fghjk-mnpqr-stuvw-xyz23";

describe("generateRecoveryCodes", () => {
  it("makes ten different ones, in groups, without what looks alike", () => {
    const codes = generateRecoveryCodes();
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    for (const code of codes) expect(code).toMatch(/^(?:[2-9a-hjkmnp-z]{5}-){4}[2-9a-hjkmnp-z]{5}$/);
  });

  it("draws each character by itself from what is random", () => {
    let calls = 0;
    generateRecoveryCodes((size) => {
      calls += size;
      return new Uint8Array(size).fill(calls % 248);
    });
    expect(calls).toBeGreaterThanOrEqual(RECOVERY_CODES * 25);
  });
});

describe("hashRecoveryCode", () => {
  it.each([
    ["as it was shown", CODE],
    ["in upper case", CODE.toUpperCase()],
    ["without its groups", CODE.replaceAll("-", "")],
    ["with spaces", ` ${CODE.replaceAll("-", " ")} `],
  ])("is the same for a code %s", (_how, text) => {
    expect(hashRecoveryCode(text)).toBe(hashRecoveryCode(CODE));
  });

  it("says nothing of the code", () => {
    expect(hashRecoveryCode(CODE)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(["", "abcde", `${CODE}2`, CODE.slice(1), CODE.replace("a", "1"), CODE.replace("a", "é")])(
    "knows %j as no code",
    (text) => {
      expect(hashRecoveryCode(text)).toBeUndefined();
    },
  );
});
