import { describe, expect, it } from "vitest";
import { toReturnPath } from "./return-path";

describe("toReturnPath", () => {
  it.each(["/applications", "/applications/0199-abc?tab=secrets", "/applications?q=a%2Fb&page=2", "/audit"])(
    "returns to %s",
    (path) => {
      expect(toReturnPath(path)).toBe(path);
    },
  );

  it.each(["/%2Fevil.example", "/%5Cevil.example", "/%2f%2fevil.example", "/%09/evil.example", "/%0d%0aevil"])(
    "keeps %s as it is written: an encoded character begins no other address",
    (path) => {
      expect(toReturnPath(path)).toBe(path);
      expect(new URL(toReturnPath(path), "http://localhost:3000").origin).toBe("http://localhost:3000");
    },
  );

  it("resolves dots, so that what was checked is what is used", () => {
    expect(toReturnPath("/applications/../audit")).toBe("/audit");
  });

  it.each([
    undefined,
    null,
    42,
    ["/audit"],
    { toString: () => "/audit" },
    "",
    "audit",
    "https://evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://[",
    "/\u2028",
    "/\u{1F600}",
    "/sign-in",
    "/sign-in?callbackUrl=/sign-in",
    "/sign-in/",
    "/sign-in//?to=/sign-in",
    "/applications/../sign-in",
    "/identity-confirmed",
    "/\0/evil.example",
    "/\r\n\r\n/evil.example",
    "/applications\r\nSet-Cookie: a=b",
    "/\u007f",
    "\u0001//evil.example",
    "/api/auth/signout",
    "/api/oauth/token",
    `/${"a".repeat(2_000)}`,
  ])("goes to the first page instead of %j", (value) => {
    expect(toReturnPath(value)).toBe("/");
  });
});
