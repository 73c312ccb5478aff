import { describe, expect, it } from "vitest";
import type { UseByAddress } from "@/lib/activity/log/list-secret-uses-by-address";
import { toRotationProgress } from "./rotation-progress";

const PAIR = { oldId: "old", newId: "new" };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 12, minute));
const use = (address: string | null, secretId: string, minute: number, requests = 1): UseByAddress => ({
  address,
  secretId,
  requests,
  lastAt: at(minute),
});
const progress = (uses: UseByAddress[], lookedUntil: Date | null = null) =>
  toRotationProgress({ uses, lookedUntil }, PAIR);

describe("how far a rotation is", () => {
  it("counts who used the new secret last, and puts the others first", () => {
    const uses = [
      use("192.0.2.1", "old", 1, 9),
      use("192.0.2.1", "new", 2, 3),
      use("192.0.2.2", "new", 1, 4),
      use("192.0.2.3", "old", 3, 2),
    ];
    expect(progress(uses)).toEqual({
      callers: [
        { address: "192.0.2.3", oldRequests: 2, newRequests: 0, hasMoved: false },
        { address: "192.0.2.1", oldRequests: 9, newRequests: 3, hasMoved: true },
        { address: "192.0.2.2", oldRequests: 0, newRequests: 4, hasMoved: true },
      ],
      moved: 2,
      haveAllMoved: false,
      lookedUntil: null,
    });
  });

  it("is over when everybody has moved", () => {
    expect(progress([use("192.0.2.1", "old", 1), use("192.0.2.1", "new", 2)]).haveAllMoved).toBe(true);
  });

  it.each([
    ["nobody has called", [], null],
    ["somebody went back to the old one", [use("192.0.2.1", "new", 1), use("192.0.2.1", "old", 2)], null],
    ["both were used in the same moment", [use("192.0.2.1", "new", 1), use("192.0.2.1", "old", 1)], null],
    ["somebody without a known address used the old one", [use(null, "old", 1), use(null, "new", 2)], null],
    ["a part of the time was not looked at", [use("192.0.2.1", "new", 2)], at(0)],
  ])("is not over when %s", (_when, uses, lookedUntil) => {
    expect(progress(uses, lookedUntil).haveAllMoved).toBe(false);
  });

  it("takes no notice of other secrets", () => {
    expect(progress([use("192.0.2.1", "third", 1)]).callers).toEqual([]);
  });
});
