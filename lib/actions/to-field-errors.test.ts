import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApplicationSchema } from "@/lib/applications/application.schema";
import { toFieldErrors } from "./to-field-errors";

const FORM = {
  name: "Calendar",
  description: "",
  ownerContact: "",
  scopes: [],
  domainPolicy: "listed",
  domains: ["example.com"],
};

function errorsOf(form: unknown, schema: z.ZodType = createApplicationSchema): Record<string, string> {
  const { error } = schema.safeParse(form);
  return error === undefined ? {} : toFieldErrors(error);
}

describe("toFieldErrors", () => {
  it("gives each field the first reason found, nested fields with dots", () => {
    expect(errorsOf({ ...FORM, name: " ", scopes: ["rooms:fly"], domains: ["example.com", "no domain", ""] })).toEqual({
      name: "name_required",
      "scopes.0": "scope_unknown",
      "domains.1": "domain_invalid",
      "domains.2": "domain_required",
    });
  });

  it("says a reason of the catalogue for what a schema says in the library's own words", () => {
    expect(errorsOf({ ...FORM, name: 42, description: null })).toEqual({ name: "invalid", description: "invalid" });
  });

  it("names no field for members that the form does not have", () => {
    expect(errorsOf({ ...FORM, clientSecret: "canary", isStaff: true })).toEqual({});
  });

  it.each([undefined, null, "text", [], 1])("names no field when the whole is %j", (form) => {
    expect(errorsOf(form)).toEqual({});
  });

  it("repeats nothing of the input", () => {
    const errors = errorsOf({ ...FORM, domainPolicy: "canary", scopes: ["canary"], domains: ["canary"] });
    expect(JSON.stringify(errors)).not.toContain("canary");
  });

  it("is not misled by a field called __proto__", () => {
    const { error } = z.object({ ["__proto__"]: z.string("wrong") }).safeParse({});
    expect(Object.getPrototypeOf(error === undefined ? {} : toFieldErrors(error))).toBe(Object.prototype);
  });
});
