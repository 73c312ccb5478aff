import { describe, expect, it } from "vitest";
import { routes } from "@/lib/routes";
import type { HitGroup } from "@/lib/search/search.types";
import type { PaletteEntry } from "./palette-entry.types";
import { toSections } from "./palette-sections";

const ENTRIES: PaletteEntry[] = [
  { id: "applications", kind: "page", label: "Applications", step: { href: routes.applications.list() } },
  { id: "activity", kind: "page", label: "Activité", step: { href: routes.activity() } },
  { id: "create", kind: "action", label: "New application", step: { href: routes.applications.new() } },
  { id: "rotate", kind: "action", label: "Rotate secret of…", step: { purpose: "rotate" } },
];

const FOUND: HitGroup = {
  kind: "person",
  hits: [{ id: "p1", title: "Ana", detail: "ana@x.example", state: null, href: routes.people.detail("p1") }],
  allHref: routes.people.list({ q: "a" }),
};

const ids = (q: string, groups: HitGroup[] = []) =>
  toSections(ENTRIES, groups, q).map(({ kind, options }) => [kind, ...options.map(({ id }) => id)]);

describe("what the palette shows", () => {
  it("is every page and action before anything is typed", () => {
    expect(ids("")).toEqual([
      ["page", "page-applications", "page-activity"],
      ["action", "action-create", "action-rotate"],
    ]);
  });

  it("has every word of the text in its name, in any order, whatever the case and the accents", () => {
    expect(ids("APPL")).toEqual([
      ["page", "page-applications"],
      ["action", "action-create"],
    ]);
    expect(ids("application new")).toEqual([["action", "action-create"]]);
    expect(ids("activite")).toEqual([["page", "page-activity"]]);
    expect(ids("activité")).toEqual([["page", "page-activity"]]);
    expect(ids(" rotate  ")).toEqual([["action", "action-rotate"]]);
  });

  it("is nothing when nothing has such a name", () => {
    expect(ids("new secret")).toEqual([]);
    expect(ids("%")).toEqual([]);
  });

  it("ends with what the server found, and the way to all of it", () => {
    expect(ids("appl", [FOUND])).toEqual([
      ["page", "page-applications"],
      ["action", "action-create"],
      ["person", "person-p1", "person-all"],
    ]);
  });
});
