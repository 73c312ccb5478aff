import { describe, expect, it } from "vitest";
import { toDomainName } from "./domain-name";

const LABEL = "a".repeat(49);
/** 249 characters in five labels. */
const LONG = Array.from({ length: 5 }, () => LABEL).join(".");

describe("toDomainName", () => {
  it.each([
    ["Example.COM", "example.com"],
    ["b\u00fccher.example", "xn--bcher-kva.example"],
    ["bu\u0308cher.example", "xn--bcher-kva.example"],
    ["\uff45xample.com", "example.com"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["1.example.x2", "1.example.x2"],
    ["example.2x", "example.2x"],
    [`${LONG}.abc`, `${LONG}.abc`],
  ])("reads %j as %s", (text, name) => {
    expect(toDomainName(text)).toBe(name);
  });

  it.each([
    "",
    "localhost",
    "example.",
    ".example.com",
    "-a.example",
    "a-.example",
    "-\u00fc.example",
    "a.-\u00fc.example",
    "\u00fc-.example",
    "a.example-\u00fc-",
    "a.\u00fc-",
    "192.0.2.1",
    "example.42",
    "exa mple.com",
    "b\u00fc cher.example",
    "b\u00fccher.example/x",
    "\u00fc\u200b.example",
    "xn--\u00fc.example",
    "\u05d0a\u0661.example",
    `${LONG}.abcd`,
  ])("refuses %j", (text) => {
    expect(toDomainName(text)).toBeUndefined();
  });

  it("takes a name without a dot only from who asks for it", () => {
    expect(toDomainName("localhost", { allowDotless: true })).toBe("localhost");
    expect(toDomainName("localhost", { allowDotless: false })).toBeUndefined();
    expect(toDomainName("local host", { allowDotless: true })).toBeUndefined();
  });
});
