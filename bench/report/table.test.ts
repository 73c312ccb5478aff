import { describe, expect, it } from "vitest";
import type { Round } from "../harness/measure";
import { toFigure, toRowTable, toShare, toSpread, toTable } from "./table";

const round: Round = {
  perSecond: 100,
  p50: 1,
  p99: 2,
  serverCpu: 0.5,
  postgresCpu: null,
  foreignLoad: 0,
  failures: 0,
};

describe("the figures of a table", () => {
  it.each([
    [0, "0"],
    [0.0004, "< 0.001"],
    [0.04829, "0.0483"],
    [1.2345, "1.23"],
    [99.96, "100"],
    [1_234.5, "1 230"],
    [4_730_000, "4 730 000"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
  ])("show %s as %s", (value, text) => {
    expect(toFigure(value)).toBe(text);
  });

  it("show the ends of a range only where there are two", () => {
    expect(toSpread({ median: 2, min: 1, max: 3 })).toBe("2 (1–3)");
    expect(toSpread({ median: 2, min: 2, max: 2 })).toBe("2");
    expect(toShare(0.126)).toBe("13 %");
  });
});

describe("a table", () => {
  it("is Markdown, with numbers on the right", () => {
    expect(toTable(["", "req/s"], [["a", "1"]])).toBe("|  | req/s |\n|---|--:|\n| a | 1 |");
  });

  it("compares rows round by round, and by the medians of their CPU", () => {
    const rows = [
      {
        name: "ours",
        rounds: [
          { ...round, serverCpu: 1, postgresCpu: 1 },
          { ...round, perSecond: 300, failures: 2 },
        ],
      },
      {
        name: "theirs",
        rounds: [
          { ...round, perSecond: 200 },
          { ...round, perSecond: 200, foreignLoad: 0.5 },
        ],
      },
    ];
    expect(toRowTable(rows, "theirs").split("\n").slice(2)).toEqual([
      "| ours | 200 (100–300) | 1 (0.5–1.5) | 1 | 2 | 0.75 | 0.5 | 0.4 | 0 % | 2 |",
      "| **theirs** | 200 | 1 | 1 | 2 | 0.5 | – | 1 | 25 % | 0 |",
    ]);
  });

  it("needs the row that the others are compared with", () => {
    expect(() => toRowTable([{ name: "ours", rounds: [round] }], "theirs")).toThrow("There is no row theirs.");
  });
});
