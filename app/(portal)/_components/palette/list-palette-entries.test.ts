import { describe, expect, it, vi } from "vitest";
import type { StaffRole } from "@/lib/permissions";
import { listPaletteEntries } from "./list-palette-entries";

vi.mock("next-intl/server", () => ({
  getTranslations: async (namespace: string) => (key: string) => `${namespace}.${key}`,
}));

const namesOf = async (role: StaffRole, kind: "page" | "action") =>
  (await listPaletteEntries(role)).filter((entry) => entry.kind === kind).map(({ id }) => id);

describe("the pages and actions of the palette", () => {
  it("are for a viewer those that only look", async () => {
    expect(await namesOf("viewer", "action")).toEqual(["checkAccess", "keys"]);
    expect(await namesOf("viewer", "page")).not.toContain("staff");
  });

  it("are for a manager all but those about staff", async () => {
    expect(await namesOf("manager", "action")).toEqual(["create", "rotate", "deactivate", "checkAccess", "keys"]);
    expect(await namesOf("manager", "page")).not.toContain("staff");
  });

  it("are for an administrator all there are", async () => {
    const actions = ["create", "rotate", "deactivate", "checkAccess", "invite", "keys"];
    expect(await namesOf("administrator", "action")).toEqual(actions);
    expect(await namesOf("administrator", "page")).toContain("staff");
  });

  it("have an id each, and a name in words", async () => {
    const entries = await listPaletteEntries("administrator");
    expect(new Set(entries.map(({ kind, id }) => `${kind}-${id}`)).size).toBe(entries.length);
    expect(entries.find(({ id }) => id === "audit")?.label).toBe("shell.parts.audit");
  });
});
