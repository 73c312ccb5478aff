import { describe, expect, it } from "vitest";
import { changed, created, removed } from "./changes";

const AT = new Date("2026-11-23T12:00:00.000Z");

describe("created", () => {
  it("says that each field was empty before", () => {
    expect(created({ name: "Calendar", scopes: ["rooms:list"], isActive: true, count: 3, label: null })).toEqual({
      name: { before: null, after: "Calendar" },
      scopes: { before: null, after: ["rooms:list"] },
      isActive: { before: null, after: true },
      count: { before: null, after: 3 },
      label: { before: null, after: null },
    });
  });

  it("keeps a date as ISO 8601 and leaves out what is undefined", () => {
    expect(created({ expiresAt: AT, externalId: undefined })).toEqual({
      expiresAt: { before: null, after: "2026-11-23T12:00:00.000Z" },
    });
  });
});

describe("removed", () => {
  it("says that each field is empty afterwards", () => {
    expect(removed({ role: "owner", deletedAt: AT })).toEqual({
      role: { before: "owner", after: null },
      deletedAt: { before: "2026-11-23T12:00:00.000Z", after: null },
    });
  });
});

describe("changed", () => {
  it("tells the fields that differ and no others", () => {
    const before = { name: "Diary", scopes: ["rooms:list"], isActive: true, revokedAt: null };
    const after = { name: "Calendar", scopes: ["rooms:list"], isActive: false, revokedAt: AT };
    expect(changed(before, after)).toEqual({
      name: { before: "Diary", after: "Calendar" },
      isActive: { before: true, after: false },
      revokedAt: { before: null, after: "2026-11-23T12:00:00.000Z" },
    });
  });

  it.each([
    ["two dates of the same moment", { revokedAt: AT }, { revokedAt: new Date(AT) }],
    ["two lists of the same items", { scopes: ["a", "b"] }, { scopes: ["a", "b"] }],
    ["a field that neither has", {}, { label: null }],
    ["a field that is undefined afterwards", { name: "Diary" }, { name: undefined }],
  ])("tells nothing about %s", (_title, before, after) => {
    expect(changed<"revokedAt" | "scopes" | "label" | "name">(before, after)).toEqual({});
  });

  it("tells a list in another order, as the caller decides whether the order counts", () => {
    expect(changed({ kids: ["a", "b"] }, { kids: ["b", "a"] })).toEqual({
      kids: { before: ["a", "b"], after: ["b", "a"] },
    });
  });
});
