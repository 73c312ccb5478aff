import { describe, expect, it } from "vitest";
import { findPasswordProblem, generatePassword } from "./password-policy";

const OWNER = {
  email: "ana.martin@university.example",
  name: "Ana Martin",
  publicUrl: "https://meetings.university.example",
};
const problemOf = (password: string) => findPasswordProblem(password, OWNER);

describe("findPasswordProblem", () => {
  it.each([
    "correct horse battery staple",
    "four words of my own",
    "a password of the operator ",
    " leading and trailing ",
    "kV7#pQ2!xR9m",
    "837465019283",
    "Sunflower, tractor & moon",
    "\u{1F600}\u{1F697}\u{1F3B8}\u{1F355}\u{1F98A}\u{1F319}\u{1F30D}",
    "kV7#pQ2!xR9m".repeat(21),
  ])("lets %j be chosen", (password) => {
    expect(problemOf(password)).toBeUndefined();
  });

  it.each([
    ["", "password_too_short"],
    ["x".repeat(11), "password_too_short"],
    ["x".repeat(257), "password_too_long"],
    ["$2b$12$abcdefghijklmnopqrstuv", "password_looks_hashed"],
    [`$argon2id$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"b".repeat(43)}`, "password_looks_hashed"],
  ])("refuses %j: %s", (password, problem) => {
    expect(problemOf(password)).toBe(problem);
  });

  it.each([
    [
      "a row of digits",
      ["123456789012", "1234567890123", "012345678901", "098765432109", "987654321098", "111111222222"],
    ],
    [
      "a row of keys",
      [
        "qwertyuiop12",
        "qwertyuiopasdfghjkl",
        "azertyuiop123",
        "1qaz2wsx3edc",
        "1q2w3e4r5t6y",
        "zxcvbnmasdfg",
        "poiuytrewq12",
      ],
    ],
    ["the alphabet", ["abcdefghijkl", "abcdefghijklmnopqrstuvwxyz", "abcd1234efgh", "zyxwvutsrqpo"]],
    [
      "a repetition",
      ["xxxxxxxxxxxx", "            ", "\u{1F600}".repeat(6), "abcabcabcabc", "aK9!aK9!aK9!", "passwordpassword"],
    ],
    [
      "a common word",
      [
        "password1234",
        "Password123!",
        "P@ssw0rd2024",
        "motdepasse123",
        "iloveyou1234",
        "administrator",
        "Welcome2025!",
        "letmeinletmein1",
        "Bienvenue2024!",
        "footballfootball1",
        "sunshine1234",
        "changeme1234",
      ],
    ],
    ["the name of the product", ["vestibule2026", "VestibuleVestibule", "V3stibul3!!!"]],
    [
      "the address of the owner",
      ["ana.martin@university.example", "ana.martin2026", "anamartin1234", "university2026"],
    ],
    ["the name of the owner", ["Ana Martin 1990", "MartinMartin1", "martin123456"]],
    ["the host", ["meetings.university.example", "meetings2026!"]],
  ])("refuses %s: password_guessable", (_what, passwords) => {
    expect(passwords.filter((password) => problemOf(password) !== "password_guessable")).toEqual([]);
  });
});

describe("generatePassword", () => {
  it("makes 24 letters and digits, never the same twice, that may be chosen", () => {
    const passwords = Array.from({ length: 1_000 }, generatePassword);
    expect(new Set(passwords).size).toBe(1_000);
    for (const password of passwords) {
      expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
      expect(problemOf(password)).toBeUndefined();
    }
  });
});
