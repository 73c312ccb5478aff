import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { domainOf, parseEmailAddress } from "./email-address";

describe("addresses that are accepted", () => {
  it.each([
    ["alice@example.com", "alice", "example.com"],
    ["Alice.B@Example.COM", "alice.b", "example.com"],
    ["a+tag@sub.example.com", "a+tag", "sub.example.com"],
    ["!#$%&'*+/=?^_`{|}~-@example.com", "!#$%&'*+/=?^_`{|}~-", "example.com"],
    ["a@xn--bcher-kva.example", "a", "xn--bcher-kva.example"],
    ["a@1.example", "a", "1.example"],
    ["ａlice@ｅxample.com", "alice", "example.com"],
    ["alice@bücher.example", "alice", "xn--bcher-kva.example"],
    // Other names, however much they look like it.
    ["mike@exampıe.com", "mike", "xn--exampe-t9a.com"],
    ["mike@İxample.com", "mike", "xn--ixample-6he.com"],
    ["\u212Aelvin@example.com", "kelvin", "example.com"],
    [`${"a".repeat(64)}@example.com`, "a".repeat(64), "example.com"],
    [`a@${"b".repeat(63)}.example`, "a", `${"b".repeat(63)}.example`],
  ])("reads %s", (text, local, domain) => {
    expect(parseEmailAddress(text)).toEqual({ address: `${local}@${domain}`, local, domain });
  });
});

describe("addresses that are refused", () => {
  it.each([
    "",
    "@",
    "alice",
    "alice@",
    "@example.com",
    "alice@example",
    "alice@localhost",
    "alice@example.com.",
    "alice@.example.com",
    "alice@example..com",
    "alice@-example.com",
    "alice@example-.com",
    "alice@exa_mple.com",
    "alice@192.0.2.1",
    "alice@[192.0.2.1]",
    "alice@example.123",
    ".alice@example.com",
    "alice.@example.com",
    "al..ice@example.com",
    '"alice"@example.com',
    '"alice@evil"@example.com',
    "alice@evil.example@example.com",
    "alice\uFF20evil.example@example.com",
    "alice@evil.example\uFF20example.com",
    "alice@evil.example,bob@example.com",
    "alice@example.com>",
    " alice@example.com",
    "alice@example.com ",
    "alice@example.com\n",
    "alice\0@example.com",
    "alice(comment)@example.com",
    "mıke@example.com",
    "аlice@example.com",
    "alice@example\u3002com\u00AD",
    "a\u0301lice@example.com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(64)}.example`,
    `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`.concat("ee"),
    "\uFDFA".repeat(200),
  ])("refuses %j", (text) => {
    expect(parseEmailAddress(text)).toBeUndefined();
  });
});

describe("the length limit of 254", () => {
  const domain = `${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(57)}`;

  it("admits the last address within it and refuses the first beyond", () => {
    expect(parseEmailAddress(`${"a".repeat(63)}@${domain}.ex`)?.address).toHaveLength(252);
    expect(parseEmailAddress(`${"a".repeat(64)}@${domain}.exa`)?.address).toHaveLength(254);
    expect(parseEmailAddress(`${"a".repeat(64)}@${domain}.exam`)).toBeUndefined();
  });

  it("counts after folding: a ligature is two letters", () => {
    expect(parseEmailAddress(`${"a".repeat(64)}@${domain}.\uFB01`)?.address).toHaveLength(253);
    expect(parseEmailAddress(`${"a".repeat(64)}@${domain}.\uFB01\uFB01`)).toBeUndefined();
  });
});

describe("properties", () => {
  it("never throws, and what it returns is canonical: parsing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" }), fc.string()), (text) => {
        const parsed = parseEmailAddress(text);
        if (parsed === undefined) return;
        expect(parsed.address).toMatch(/^[\x21-\x3F\x41-\x7E]{1,64}@[a-z0-9.-]+$/);
        expect(parseEmailAddress(parsed.address)).toEqual(parsed);
      }),
      { numRuns: 2000, seed: 20261123 },
    );
  });

  it("gives every spelling in other letter case the same address", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        expect(parseEmailAddress(text.toUpperCase())).toEqual(parseEmailAddress(text));
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });
});

describe("the length of an address", () => {
  // Each label is one letter here and seven in ASCII.
  const domain = Array.from({ length: 31 }, () => "\u00fc").join(".");
  it("is that of its canonical form, which may be longer than what was typed", () => {
    expect(parseEmailAddress(`abcdef@${domain}`)?.address).toHaveLength(254);
    expect(parseEmailAddress(`abcdefg@${domain}`)).toBeUndefined();
  });

  it("is bounded before anything is folded, however short it would become", () => {
    const typed = `a@${Array.from({ length: 30 }, () => "u\u0308u\u0308u\u0308u\u0308").join(".")}`;
    expect([typed.length > 254, typed.normalize("NFKC").length < 254]).toEqual([true, true]);
    expect(parseEmailAddress(typed)).toBeUndefined();
  });
});

it("a domain without a dot is taken only from who asks for it", () => {
  expect(parseEmailAddress("admin@localhost", { allowDotless: true })?.address).toBe("admin@localhost");
  expect(parseEmailAddress("admin@localhost")).toBeUndefined();
});

it("the domain of an address is what stands behind its @", () => {
  expect(domainOf("ana@example.com")).toBe("example.com");
});
