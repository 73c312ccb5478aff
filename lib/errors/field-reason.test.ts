import { describe, expect, it } from "vitest";
import { readSourceFiles } from "@/lib/testing/source-files";
import { FIELD_REASONS, isFieldReason, PORTAL_FIELD_REASONS } from "./field-reason";

const sources = readSourceFiles((path) => /^(?:lib|app)\//.test(path) && !/\.test\.tsx?$|^lib\/errors\//.test(path));
const code = sources.map(({ text }) => text).join("\n");

describe("the reasons of fields", () => {
  it("are none that nothing gives any more", () => {
    expect(FIELD_REASONS.filter((reason) => !code.includes(`"${reason}"`))).toEqual([]);
  });

  // A schema takes any text for a message, so this is the one place to which the compiler does not reach.
  it("are all that the schemas of the portal say", () => {
    const said = sources
      .filter(({ path }) => /^lib\/(?:applications|machine|people|staff|tokens)\/.*\.schema\.ts$/.test(path))
      .flatMap(({ text }) => Array.from(text.matchAll(/"([a-z]+(?:_[a-z]+)+)"/g), ([, message = ""]) => message));
    expect(said).toEqual(expect.arrayContaining(["domain_invalid", "installation_name_differs", "email_required"]));
    expect(said.filter((message) => !(PORTAL_FIELD_REASONS as readonly string[]).includes(message))).toEqual([]);
  });

  it.each(["", "Invalid input", "__proto__", "toString", "name_requiredX"])("do not include %j", (text) => {
    expect(isFieldReason(text)).toBe(false);
  });
});
