import { describe, expect, it } from "vitest";
import { type Partition, planPartitions } from "./plan-partitions";

const NOW = new Date("2026-11-30T07:40:00Z");
const AHEAD = ["activity_h2026113007", "activity_h2026113008", "activity_h2026113009", "activity_h2026113010"];

function plan(partitions: Partition[], { strayHours = [] as Date[], now = NOW, retentionDays = 30 } = {}) {
  return planPartitions({ partitions, strayHours }, { now, retentionDays }).map((step) =>
    step.kind === "merge" ? `merge ${step.name} of ${step.hours.join(" ")}` : `${step.kind} ${step.name}`,
  );
}
const hot = (...names: string[]) => names.map((name) => ({ name, isIndexed: false }));
const closed = (...names: string[]) => names.map((name) => ({ name, isIndexed: true }));

describe("the plan of the partitions", () => {
  it("makes this hour and the next three where there is nothing, each with its bounds", () => {
    expect(plan([])).toEqual(AHEAD.map((name) => `add ${name}`));
    expect(planPartitions({ partitions: [], strayHours: [] }, { now: NOW, retentionDays: 30 })[3]).toEqual({
      kind: "add",
      name: "activity_h2026113010",
      from: new Date("2026-11-30T10:00:00Z"),
      to: new Date("2026-11-30T11:00:00Z"),
    });
  });

  it("has nothing to do where everything is there", () => {
    expect(plan(hot(...AHEAD))).toEqual([]);
  });

  it("makes the hour of every row that found none, before or after now, and none that lies in a day", () => {
    const strayHours = ["2026-11-29T03:00:00Z", "2031-01-01T00:00:00Z", "2026-11-28T12:00:00Z"].map(
      (at) => new Date(at),
    );
    expect(plan([...hot(...AHEAD), ...closed("activity_d20261128")], { strayHours })).toEqual([
      "add activity_h2026112903",
      "add activity_h2031010100",
    ]);
  });

  it.each([
    ["2026-11-30T08:04:59Z", []],
    ["2026-11-30T08:05:00Z", ["index activity_h2026113007"]],
  ])("indexes an hour only when late rows had their time: at %s", (at, steps) => {
    expect(plan(hot(...AHEAD, "activity_h2026113011"), { now: new Date(at) })).toEqual(steps);
  });

  it("indexes no hour twice", () => {
    const now = new Date("2026-11-30T08:05:00Z");
    const [first = "", ...rest] = AHEAD;
    expect(plan([...closed(first), ...hot(...rest, "activity_h2026113011")], { now })).toEqual([]);
  });

  it.each([
    ["2026-12-01T00:59:59Z", []],
    ["2026-12-01T01:00:00Z", ["merge activity_d20261130 of activity_h2026113022 activity_h2026113023"]],
  ])("merges the hours of a day an hour after its end: at %s", (at, steps) => {
    const now = new Date(at);
    const before = closed("activity_h2026113023", "activity_h2026113022");
    const after = hot(..."00 01 02 03 04".split(" ").map((hour) => `activity_h20261201${hour}`));
    expect(plan([...before, ...after], { now })).toEqual(steps);
  });

  it("indexes no hour that it is about to merge, and merges no day that is merged", () => {
    expect(plan([...hot(...AHEAD, "activity_h2026112922")])).toEqual([
      "merge activity_d20261129 of activity_h2026112922",
    ]);
    expect(plan([...hot(...AHEAD), ...closed("activity_d20261129")])).toEqual([]);
  });

  it("merges no day that gets another hour at the same time: the next plan does", () => {
    const strayHours = [new Date("2026-11-29T03:00:00Z")];
    expect(plan(hot(...AHEAD, "activity_h2026112822", "activity_h2026112922"), { strayHours })).toEqual([
      "add activity_h2026112903",
      "index activity_h2026112922",
      "merge activity_d20261128 of activity_h2026112822",
    ]);
  });

  it.each([
    ["activity_d20261031", 30, []],
    ["activity_d20261030", 30, ["drop activity_d20261030"]],
    ["activity_h2026112907", 1, ["merge activity_d20261129 of activity_h2026112907"]],
    ["activity_h2026112906", 1, ["drop activity_h2026112906"]],
  ])("drops what is kept long enough and merges it no more: %s after %i days", (name, retentionDays, steps) => {
    expect(plan([...hot(...AHEAD), ...closed(name)], { retentionDays })).toEqual(steps);
  });

  it("leaves alone what it did not make", () => {
    expect(plan(hot(...AHEAD, "activity_archive", "activity_d2019"))).toEqual([]);
  });
});
