import { expect, it } from "vitest";
import { spellDomain } from "./spell-domain";

it.each([
  ["example.com", "example.com"],
  ["xn--bcher-kva.example", "\u2068bücher.example\u2069 (xn--bcher-kva.example)"],
  ["xn--xample-2of.com", "\u2068еxample.com\u2069 (xn--xample-2of.com)"],
  // No such name exists: it is written as it is stored.
  ["xn--a.example", "xn--a.example"],
])("%s is shown as %s", (domain, shown) => {
  expect(spellDomain(domain)).toBe(shown);
});
