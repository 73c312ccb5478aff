import { describe, expect, it } from "vitest";
import { parseStaffEmail } from "./staff-email";

describe("parseStaffEmail", () => {
  it.each([
    ["ana@example.com", "ana@example.com"],
    ["  Ana.Dupont@Example.COM \n", "ana.dupont@example.com"],
    ["admin@localhost", "admin@localhost"],
    ["admin@vestibule.localhost", "admin@vestibule.localhost"],
    ["a+b@x-y.example", "a+b@x-y.example"],
    // Full-width letters are folded before the check, so that one person has one spelling.
    ["\uFF41na@example.com", "ana@example.com"],
    ["ana\uFF20example.com", "ana@example.com"],
  ])("reads %j as %j", (text, address) => {
    expect(parseStaffEmail(text)).toBe(address);
  });

  it.each([
    "",
    " ",
    "ana",
    "@example.com",
    "ana@",
    "ana@@example.com",
    "ana@example.com,bob@example.com",
    "ana@evil.example\uFF20example.com",
    "ana@example.com@evil.example",
    "ana dupont@example.com",
    "ana@exa mple.com",
    "ana\u0000@example.com",
    "ana@example.com\u0000",
    "ana@-example.com",
    "ana@example-.com",
    "ana@example..com",
    "ana@.com",
    ".ana@example.com",
    "ana.@example.com",
    "m\u0131ke@example.com",
    "\u0130na@example.com",
    "ana@ex\u00e4mple.com",
    '"ana"@example.com',
    `${"a".repeat(65)}@example.com`,
    `ana@${"a".repeat(251)}.com`,
    // One character that NFKC turns into eighteen.
    `${"\uFDFA".repeat(20)}@example.com`,
  ])("refuses %j", (text) => {
    expect(parseStaffEmail(text)).toBeUndefined();
  });
});
