import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { STAFF_ROLES } from "@/lib/permissions";
import { PARTS } from "../portal-navigation";
import { listShortcuts, SHORTCUTS } from "./shortcuts";

const keysOf = (role: (typeof STAFF_ROLES)[number]) => listShortcuts(role).map(({ keys }) => keys);

describe("the keys of the portal", () => {
  it("are one or two characters that no keyboard needs more than Shift for", () => {
    for (const { keys } of SHORTCUTS) expect(keys).toMatch(/^(?:[a-z/?]|g [a-z])$/);
  });

  it("mean one thing each, and none of them is the beginning of another", () => {
    const all = SHORTCUTS.map(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
    for (const keys of all) expect(all.filter((other) => other.startsWith(`${keys} `))).toEqual([]);
  });

  it("lead to every part of the portal, for those who may open it", () => {
    for (const part of PARTS) {
      const shortcut = SHORTCUTS.find(({ href }) => href === part.href);
      expect(shortcut, part.label).toMatchObject({ id: part.label, permission: part.permission });
    }
  });

  it("offer nobody what their role may not do", () => {
    expect(keysOf("viewer")).not.toContain("c");
    expect(keysOf("viewer")).not.toContain("g s");
    expect(keysOf("manager")).toContain("c");
    expect(keysOf("manager")).not.toContain("g s");
    expect(keysOf("administrator")).toEqual(SHORTCUTS.map(({ keys }) => keys));
  });

  it("are those that docs/keys.md lists, in the same order", () => {
    const written = [...readFileSync("docs/keys.md", "utf8").matchAll(/^\| `([^`]+)` \|/gm)].map(([, keys]) => keys);
    expect(written).toEqual(SHORTCUTS.map(({ keys }) => keys));
  });

  it("tell the browser nothing of permissions", () => {
    for (const role of STAFF_ROLES) {
      for (const shortcut of listShortcuts(role)) expect(shortcut).not.toHaveProperty("permission");
    }
  });
});
