import { describe, expect, it } from "vitest";
import { makeUuid } from "./make-uuid";

const NOW = new Date("2026-11-30T14:00:00.123Z");
const timeOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

describe("makeUuid", () => {
  it("makes a UUID of version 7 and of the variant of RFC 9562", () => {
    expect(makeUuid(NOW)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("begins with the milliseconds of its moment", () => {
    expect(timeOf(makeUuid(NOW))).toBe(NOW.getTime());
    expect(timeOf(makeUuid(new Date(0)))).toBe(0);
  });

  it("makes ids of one millisecond that sort as they were made, all different", () => {
    const ids = Array.from({ length: 2_000 }, () => makeUuid(NOW));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("stays a UUID of that moment when more are made than can be counted", () => {
    const ids = Array.from({ length: 10_000 }, () => makeUuid(NOW));
    expect(new Set(ids.map(timeOf))).toEqual(new Set([NOW.getTime()]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("sorts a later moment after an earlier one", () => {
    expect(makeUuid(new Date(NOW.getTime() + 1)) > makeUuid(NOW)).toBe(true);
  });
});
