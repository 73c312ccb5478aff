import { describe, expect, it } from "vitest";
import { activityLogParams, rangeOf, timeOf, toPositionText } from "./activity-log.schema";

const ID = "0193a5a0-0000-7000-8000-000000000001";
const NOW = new Date("2026-11-30T12:30:00Z");
const time = (filter: Parameters<typeof timeOf>[0], retentionDays = 30) => {
  const { since, until } = timeOf(filter, { now: NOW, retentionDays });
  return [since.toISOString(), until.toISOString()];
};

describe("the address of the log of requests", () => {
  it("says what it is narrowed to", () => {
    const said = { application: ID, outcome: "refused", status: "403", cause: "domain", person: ID, secret: ID };
    expect(activityLogParams.parse({ ...said, range: "24h", request: "r-1" })).toEqual({
      ...said,
      range: "24h",
      request: "r-1",
    });
  });

  it.each([
    ["application", "1"],
    ["outcome", "ok"],
    ["status", "42"],
    ["status", "999"],
    ["cause", "__proto__"],
    ["person", ""],
    ["person", "a\nb"],
    ["person", "x".repeat(400)],
    ["secret", "Y3s0"],
    ["range", "30d"],
    ["from", "yesterday"],
    ["from", "2026-02-30"],
    ["before", "2026-11-30"],
    ["request", "<b>"],
    ["outcome", ["refused", "answered"]],
  ])("leaves out what is nonsense: %s %j", (name, value) => {
    expect(activityLogParams.parse({ [name]: value })).toEqual({});
  });

  it("holds a place exactly", () => {
    const place = { at: new Date("2026-11-30T12:00:00.123Z"), requestId: "0193-a.b_c" };
    expect(activityLogParams.parse({ before: toPositionText(place) }).before).toEqual(place);
  });
});

describe("the time", () => {
  it("is the last seven days, another range with a name, or one of its own, which counts more", () => {
    expect(time({})).toEqual(["2026-11-23T12:30:00.000Z", "2026-11-30T12:30:00.000Z"]);
    expect(time({ range: "1h" })).toEqual(["2026-11-30T11:30:00.000Z", "2026-11-30T12:30:00.000Z"]);
    expect(time({ range: "1h", from: "2026-11-20", to: "2026-11-21T08:15" })).toEqual([
      "2026-11-20T00:00:00.000Z",
      "2026-11-21T08:16:00.000Z",
    ]);
    expect([rangeOf({}), rangeOf({ range: "1h" }), rangeOf({ range: "1h", to: "2026-11-21" })]).toEqual([
      "7d",
      "1h",
      undefined,
    ]);
  });

  it("is never longer than what is kept, ends by now, and does not run backwards", () => {
    expect(time({ range: "7d" }, 3)[0]).toBe("2026-11-27T12:30:00.000Z");
    expect(time({ to: "2030-01-01" })).toEqual(["2026-10-31T12:30:00.000Z", "2026-11-30T12:30:00.000Z"]);
    expect(time({ from: "2026-11-29", to: "2026-11-28" })).toEqual([
      "2026-11-29T00:00:00.000Z",
      "2026-11-29T00:00:00.000Z",
    ]);
  });
});
