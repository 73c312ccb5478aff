import { describe, expect, it } from "vitest";
import { planSlices } from "./plan-slices";

const NOW = new Date("2026-11-30T12:00:00Z");
const at = (text: string) => new Date(`2026-11-${text}Z`);

function plan(since: string, until: string, order: "newestFirst" | "oldestFirst" = "newestFirst") {
  const short = (moment: Date) => moment.toISOString().slice(8, 19);
  return planSlices({ since: at(since), until: at(until) }, { now: NOW, order }).map(
    ({ from, to }) => `${short(from)} ${short(to)}`,
  );
}

describe("the parts in which the log is read", () => {
  it("begin small where there are no indexes, and end with all that has some", () => {
    expect(plan("23T12:00:00", "30T12:00:00")).toEqual([
      "30T11:59:45 30T12:00:00",
      "30T11:57:00 30T11:59:45",
      "30T10:50:00 30T11:57:00",
      "23T12:00:00 30T10:50:00",
    ]);
  });

  it("are the same time the other way round when the oldest come first", () => {
    expect(plan("23T12:00:00", "30T12:00:00", "oldestFirst")).toEqual([
      "23T12:00:00 30T10:50:00",
      "30T10:50:00 30T10:50:15",
      "30T10:50:15 30T10:53:00",
      "30T10:53:00 30T12:00:00",
    ]);
  });

  it.each([
    ["one where all has indexes", "01T00:00:00", "30T09:00:00", ["01T00:00:00 30T09:00:00"]],
    ["none of no time", "30T09:00:00", "30T09:00:00", []],
    ["the same for a minute of this hour", "30T11:30:00", "30T11:30:10", ["30T11:30:00 30T11:30:10"]],
    ["no longer than the time", "30T11:59:00", "30T12:00:00", ["30T11:59:45 30T12:00:00", "30T11:59:00 30T11:59:45"]],
  ])("are %s", (_what, since, until, slices) => {
    expect(plan(since, until)).toEqual(slices);
    expect(plan(since, until, "oldestFirst")).toHaveLength(slices.length);
  });

  it("leave nothing out and read nothing twice, in either order", () => {
    for (const order of ["newestFirst", "oldestFirst"] as const) {
      const slices = planSlices({ since: at("28T00:00:00"), until: NOW }, { now: NOW, order });
      const sorted = slices.toSorted((one, other) => one.from.getTime() - other.from.getTime());
      expect([sorted[0]?.from, sorted.at(-1)?.to]).toEqual([at("28T00:00:00"), NOW]);
      for (const [index, { from }] of sorted.slice(1).entries()) expect(from).toEqual(sorted[index]?.to);
    }
  });
});
