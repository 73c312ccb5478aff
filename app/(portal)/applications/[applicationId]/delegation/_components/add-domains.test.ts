import { describe, expect, it } from "vitest";
import { DOMAINS_MAX } from "@/lib/applications/application.schema";
import { addDomains, holdSame } from "./add-domains";

describe("what is added to a list of domains", () => {
  it("is every entry of what was pasted, in the spelling in which it is compared", () => {
    expect(addDomains(["a.example"], "Lyon.Example, nantes.example;\n\tbücher.example\n")).toEqual({
      domains: ["a.example", "lyon.example", "nantes.example", "xn--bcher-kva.example"],
      added: ["lyon.example", "nantes.example", "xn--bcher-kva.example"],
      problems: [],
    });
  });

  it.each([
    ["nonsense", "domain_invalid"],
    ["ana@lyon.example", "domain_invalid"],
    ["https://lyon.example/", "domain_invalid"],
    ["<b>.example", "domain_invalid"],
    ["*.example", "domain_invalid"],
    [`${"a".repeat(260)}.example`, "domain_too_long"],
    ["A.example", "domain_listed"],
  ])("is nothing of %s, which is told", (entry, reason) => {
    const { domains, added, problems } = addDomains(["a.example"], `${entry} b.example`);
    expect({ domains, added, problems }).toEqual({
      domains: ["a.example", "b.example"],
      added: ["b.example"],
      problems: [{ entry, reason }],
    });
  });

  it("is once what was typed twice", () => {
    const { added, problems } = addDomains([], "b.example B.example");
    expect(added).toEqual(["b.example"]);
    expect(problems).toEqual([{ entry: "B.example", reason: "domain_listed" }]);
  });

  it("is no more than an application may have", () => {
    const full = Array.from({ length: DOMAINS_MAX - 1 }, (_, index) => `d${index}.example`);
    const { added, problems } = addDomains(full, "x.example y.example");
    expect(added).toEqual(["x.example"]);
    expect(problems).toEqual([{ entry: "y.example", reason: "domains_too_many" }]);
  });

  it("is nothing of white space", () => {
    expect(addDomains(["a.example"], " ,;\n")).toEqual({ domains: ["a.example"], added: [], problems: [] });
  });
});

describe("two lists", () => {
  it.each([
    [["a", "b"], ["b", "a"], true],
    [["a"], ["a", "b"], false],
    [["a", "b"], ["a", "c"], false],
    [[], [], true],
  ])("%j and %j hold the same: %s", (one, other, same) => {
    expect(holdSame(one, other)).toBe(same);
  });
});
