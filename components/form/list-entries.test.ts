import { describe, expect, it } from "vitest";
import { splitEntries, toEntryErrors } from "./list-entries";

describe("splitEntries", () => {
  it.each([
    ["one.example", ["one.example"]],
    ["one.example\ntwo.example", ["one.example", "two.example"]],
    [
      "one.example, two.example;three.example four.example",
      ["one.example", "two.example", "three.example", "four.example"],
    ],
    ["\r\n one.example ,, \t two.example\n\n", ["one.example", "two.example"]],
  ])("reads %j", (text, entries) => {
    expect(splitEntries(text)).toEqual(entries);
  });

  it.each(["", " ", "\n,;\t"])("finds nothing in %j", (text) => {
    expect(splitEntries(text)).toEqual([]);
  });

  it("keeps what is wrong as it was typed, for the message to name it", () => {
    expect(splitEntries("@Example.org http://x")).toEqual(["@Example.org", "http://x"]);
  });
});

describe("toEntryErrors", () => {
  it("names each entry that is wrong, and only those", () => {
    const errors = { 1: { message: "domain_invalid" }, 2: undefined };
    expect(toEntryErrors(["a.example", "b", "c.example"], errors)).toEqual([{ entry: "b", reason: "domain_invalid" }]);
  });

  it("names no entry when the list as a whole is wrong", () => {
    expect(toEntryErrors([], { message: "domains_required" })).toEqual([
      { entry: undefined, reason: "domains_required" },
    ]);
  });

  it("says nothing about a list that is right, or an entry that is gone", () => {
    expect(toEntryErrors(["a.example"], undefined)).toEqual([]);
    expect(toEntryErrors(["a.example"], { 4: { message: "domain_invalid" } })).toEqual([]);
  });
});
