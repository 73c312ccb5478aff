import { describe, expect, it } from "vitest";
import { isPermitted, PERMISSIONS, STAFF_ROLES } from "./permissions";

describe("isPermitted", () => {
  it("allows each role exactly this", () => {
    const matrix = Object.fromEntries(
      STAFF_ROLES.map((role) => [role, PERMISSIONS.filter((permission) => isPermitted(role, permission))]),
    );
    expect(matrix).toEqual({
      viewer: ["applications:read"],
      manager: ["applications:read", "applications:write"],
      administrator: ["applications:read", "applications:write"],
    });
  });
});
