import { describe, expect, it } from "vitest";
import { EXTERNAL_PATHS } from "@/lib/machine/activity/path-template";
import { scopeOfCall } from "./scope-of-call";

describe("the scope that a call takes", () => {
  it.each([
    ["POST", "/api/external/rooms", "rooms:create"],
    ["GET", "/api/external/rooms", "rooms:list"],
    ["GET", "/api/external/rooms/{room_id}", "rooms:retrieve"],
    ["PATCH", "/api/external/rooms/{room_id}", "rooms:update"],
    ["DELETE", "/api/external/rooms/{room_id}", "rooms:delete"],
    ["PATCH", "/api/external/rooms/{room_id}/accesses/{access_id}", "rooms:update"],
    ["POST", "/external-api/v1.0/rooms", "rooms:create"],
    ["GET", "/api/external/me", undefined],
    ["POST", "/api/oauth/token", undefined],
    ["TRACE", "/api/external/rooms", undefined],
    ["GET", "unknown", undefined],
    ["constructor", "__proto__", undefined],
  ])("of %s %s is %s", (method, path, scope) => {
    expect(scopeOfCall({ method, path })).toBe(scope);
  });

  it("is known for some method of every address that is written down, but the one that needs none", () => {
    const methods = ["GET", "POST", "PATCH", "PUT", "DELETE"];
    const without = EXTERNAL_PATHS.filter((path) =>
      methods.every((method) => scopeOfCall({ method, path }) === undefined),
    );
    expect(without).toEqual(["/api/external/me"]);
  });
});
