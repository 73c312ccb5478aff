import { describe, expect, it } from "vitest";
import { accessLinkParams } from "./access-check.schema";

describe("a link to the check", () => {
  it.each([
    [{}, { email: "", scopes: [] }],
    [{ email: " ana@example.com " }, { email: "ana@example.com", scopes: [] }],
    [{ scope: "rooms:list" }, { email: "", scopes: ["rooms:list"] }],
    [{ scope: ["rooms:list", "rooms:create", "rooms:burn"] }, { email: "", scopes: ["rooms:create", "rooms:list"] }],
    [
      { email: ["a@example.com", "b@example.com"], scope: {} },
      { email: "", scopes: [] },
    ],
    [{ email: "x".repeat(301) }, { email: "", scopes: [] }],
  ])("of %j fills in %j", (search, question) => {
    expect(accessLinkParams.parse(search)).toEqual(question);
  });
});
