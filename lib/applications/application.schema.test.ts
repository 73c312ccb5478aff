import { describe, expect, it } from "vitest";
import { createApplicationSchema } from "./application.schema";

const FORM = {
  name: "Calendar",
  description: "",
  ownerContact: "",
  scopes: ["rooms:create"],
  domainPolicy: "listed",
  domains: ["example.com"],
};

const issuesOf = (changes: Record<string, unknown>) =>
  (createApplicationSchema.safeParse({ ...FORM, ...changes }).error?.issues ?? []).map(({ path, message }) => [
    path.join("."),
    message,
  ]);

const parse = (changes: Record<string, unknown>) => createApplicationSchema.parse({ ...FORM, ...changes });

describe("createApplicationSchema", () => {
  it("puts texts, scopes and domains into the one form in which they are stored", () => {
    expect(
      parse({
        name: "  Calendar ",
        description: " Two\r\n\tlines ",
        scopes: ["rooms:list", "rooms:create", "rooms:list"],
        domains: [" Example.org", "example.com", "EXAMPLE.COM", "xn--bcher-kva.example"],
      }),
    ).toEqual({
      name: "Calendar",
      description: "Two\r\n\tlines",
      ownerContact: "",
      scopes: ["rooms:create", "rooms:list"],
      domainPolicy: "listed",
      domains: ["example.com", "example.org", "xn--bcher-kva.example"],
    });
  });

  it("drops domains that were typed before any domain was chosen", () => {
    expect(parse({ domainPolicy: "any" }).domains).toEqual([]);
  });

  it.each([
    ["an empty name", { name: "" }, [["name", "name_required"]]],
    ["a blank name", { name: " \u00a0 " }, [["name", "name_required"]]],
    ["a name of 256 characters", { name: "x".repeat(256) }, [["name", "name_too_long"]]],
    ["a line break in a name", { name: "a\nb" }, [["name", "control_characters"]]],
    ["an escape sequence in a name", { name: "a\u001b[2Jb" }, [["name", "control_characters"]]],
    ["a line separator in a name", { name: "a\u2028b" }, [["name", "control_characters"]]],
    ["U+0000 in a contact", { ownerContact: "a\u0000b" }, [["ownerContact", "control_characters"]]],
    ["U+0000 in a description", { description: "a\u0000b" }, [["description", "control_characters"]]],
    ["a description of 2001 characters", { description: "x".repeat(2_001) }, [["description", "description_too_long"]]],
    ["an unknown scope", { scopes: ["rooms:create", "rooms:fly"] }, [["scopes.1", "scope_unknown"]]],
    ["a scope in capitals", { scopes: ["Rooms:Create"] }, [["scopes.0", "scope_unknown"]]],
    ["no choice about domains", { domainPolicy: undefined }, [["domainPolicy", "domain_policy_required"]]],
    ["another choice about domains", { domainPolicy: "none" }, [["domainPolicy", "domain_policy_required"]]],
    ["no domain where some were to be listed", { domains: [] }, [["domains", "domains_required"]]],
    ["an empty domain among others", { domains: ["example.com", " "] }, [["domains.1", "domain_required"]]],
  ])("refuses %s", (_what, changes, issues) => {
    expect(issuesOf(changes).slice(0, 1)).toEqual(issues);
  });

  it.each([
    "example",
    "localhost",
    "*.example.com",
    ".example.com",
    "example.com.",
    "example..com",
    "-example.com",
    "example-.com",
    "exa mple.com",
    "ana@example.com",
    "https://example.com",
    "example.com/path",
    "example.com:443",
    "192.0.2.1",
    "[2001:db8::1]",
    "example.com\u0000",
    "example.com,example.org",
    `${"a".repeat(64)}.com`,
  ])("refuses %j as a domain", (domain) => {
    expect(issuesOf({ domains: [domain] })).toEqual([["domains.0", "domain_invalid"]]);
  });

  it.each(["id", "clientId", "clientSecret", "secrets", "hash", "isActive", "createdById", "ownerId", "isStaff"])(
    "refuses a form that carries %s, whatever the rest",
    (field) => {
      expect(createApplicationSchema.safeParse({ ...FORM, [field]: "x" }).success).toBe(false);
    },
  );
});
