import { describe, expect, it } from "vitest";
import { isPermitted, PERMISSIONS, STAFF_ROLES } from "@/lib/permissions";

describe("isPermitted", () => {
  it("allows each role exactly this", () => {
    const matrix = Object.fromEntries(
      STAFF_ROLES.map((role) => [role, PERMISSIONS.filter((permission) => isPermitted(role, permission))]),
    );
    const viewer = ["applications:read", "rooms:read", "people:read", "audit:read", "account:write"];
    const manager = [
      "applications:read",
      "applications:write",
      "applications:delete",
      "secrets:write",
      "rooms:read",
      "rooms:write",
      "people:read",
      "people:write",
      "audit:read",
      "account:write",
    ];
    expect(matrix).toEqual({
      viewer,
      manager,
      administrator: [
        "applications:read",
        "applications:write",
        "applications:delete",
        "secrets:write",
        "rooms:read",
        "rooms:write",
        "people:read",
        "people:write",
        "people:expose-staff",
        "audit:read",
        "account:write",
        "staff:read",
        "staff:write",
        "tokens:end-all",
      ],
    });
  });
});
