import { describe, expect, it } from "vitest";
import { diffChanges } from "./diff-changes";

describe("diffChanges", () => {
  it("says of a list what came and what went, and nothing of what stayed", () => {
    const scopes = { before: ["rooms:create", "rooms:list"], after: ["rooms:list", "rooms:delete"] };
    expect(diffChanges({ scopes })).toEqual([
      { kind: "list", field: "scopes", isNew: false, added: ["rooms:delete"], removed: ["rooms:create"] },
    ]);
  });

  it("takes a list that was not there before for one of new things", () => {
    expect(diffChanges({ domains: { before: null, after: ["a.example"] } })).toEqual([
      { kind: "list", field: "domains", isNew: true, added: ["a.example"], removed: [] },
    ]);
  });

  it("shows a list that only changed its order as unchanged", () => {
    expect(diffChanges({ domains: { before: ["a", "b"], after: ["b", "a"] } })).toEqual([
      { kind: "list", field: "domains", isNew: false, added: [], removed: [] },
    ]);
  });

  it("says of everything else what it was and what it became", () => {
    expect(
      diffChanges({ name: { before: "Diary", after: "Calendar" }, isActive: { before: null, after: true } }),
    ).toEqual([
      { kind: "value", field: "name", isNew: false, before: "Diary", after: "Calendar" },
      { kind: "value", field: "isActive", isNew: true, before: null, after: true },
    ]);
  });

  it.each([null, undefined, "text", 7, [], [{ before: 1, after: 2 }]])("finds nothing in %j", (stored) => {
    expect(diffChanges(stored)).toEqual([]);
  });

  it.each([null, "text", ["list"]])("leaves out the field whose change is %j", (change) => {
    expect(diffChanges({ name: change })).toEqual([]);
  });

  it("shows no nested value, whatever wrote it", () => {
    expect(diffChanges({ name: { before: { hash: "canary" }, after: [{ hash: "canary" }, "kept"] } })).toEqual([
      { kind: "list", field: "name", isNew: true, added: ["kept"], removed: [] },
    ]);
  });
});
