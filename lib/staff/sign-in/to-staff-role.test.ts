import { describe, expect, it } from "vitest";
import { toStaffRole } from "./to-staff-role";

const MAP = { admins: "administrator", desk: "manager", staff: "viewer" } as const;

describe("toStaffRole", () => {
  it.each([
    [["staff"], "viewer"],
    [["staff", "admins", "desk"], "administrator"],
    [["desk", "staff"], "manager"],
    [["strangers", "staff"], "viewer"],
  ])("gives %j the most powerful role of theirs", (values, role) => {
    expect(toStaffRole(values, MAP)).toBe(role);
  });

  it.each([[[]], [["strangers"]], [["Admins"]], [["admins "]], [["administrator"]], [["constructor", "__proto__"]]])(
    "gives %j no role: nothing but an exact match counts",
    (values) => {
      expect(toStaffRole(values, MAP)).toBeUndefined();
    },
  );
});
