import { describe, expect, it } from "vitest";
import { findPasswordProblem, generatePassword } from "./password-policy";

describe("findPasswordProblem", () => {
  it.each(["x".repeat(12), "x".repeat(256), "            ", "\u{1F600}".repeat(6), " leading and trailing "])(
    "lets %j be chosen",
    (password) => {
      expect(findPasswordProblem(password)).toBeUndefined();
    },
  );

  it.each([
    ["", "password_too_short"],
    ["x".repeat(11), "password_too_short"],
    ["x".repeat(257), "password_too_long"],
    ["$2b$12$abcdefghijklmnopqrstuv", "password_looks_hashed"],
    [`$argon2id$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"b".repeat(43)}`, "password_looks_hashed"],
  ])("refuses %j: %s", (password, problem) => {
    expect(findPasswordProblem(password)).toBe(problem);
  });
});

describe("generatePassword", () => {
  it("makes 24 letters and digits, never the same twice, that may be chosen", () => {
    const passwords = Array.from({ length: 1_000 }, generatePassword);
    expect(new Set(passwords).size).toBe(1_000);
    for (const password of passwords) {
      expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
      expect(findPasswordProblem(password)).toBeUndefined();
    }
  });
});
