import { describe, expect, it } from "vitest";
import { isDomainAllowed, toDomainLimit } from "./domain-limit";

describe("allowed domains", () => {
  it("admits any domain when that is what was said", () => {
    expect(isDomainAllowed("example.com", "any")).toBe(true);
  });

  it("are any domain when none is stored, and the stored ones otherwise", () => {
    expect(toDomainLimit([])).toBe("any");
    expect(toDomainLimit(["example.org", "example.com"])).toEqual(["example.org", "example.com"]);
  });

  it("are not any domain for a stored one that is called so", () => {
    expect(isDomainAllowed("example.com", toDomainLimit(["any"]))).toBe(false);
  });

  it("admits a listed domain among several", () => {
    expect(isDomainAllowed("example.com", ["example.org", "example.com"])).toBe(true);
  });

  it.each(["sub.example.com", "notexample.com", "example.com.evil.example", "com", "example.co", ""])(
    "keeps out %j when only example.com is listed",
    (domain) => {
      expect(isDomainAllowed(domain, ["example.com"])).toBe(false);
    },
  );

  it.each(["*", "", ".", ".example.com", "*.example.com", "EXAMPLE.COM", "example.com."])(
    "takes the entry %j literally: it admits nobody of example.com",
    (entry) => {
      expect(isDomainAllowed("example.com", [entry])).toBe(false);
    },
  );
});
