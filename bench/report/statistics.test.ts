import { describe, expect, it } from "vitest";
import { percentile, ratios, summarise } from "./statistics";

describe("percentile", () => {
  it("is the nearest rank, whatever the order of the values", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.99, 1].map((q) => percentile(values, q))).toEqual([1, 50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it("orders by number and not by letter, and leaves the values as they were", () => {
    const values = [10, 9, 100];
    expect(percentile(values, 1)).toBe(100);
    expect(values).toEqual([10, 9, 100]);
  });

  it("of nothing is no number", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe("summarise", () => {
  it("returns the value in the middle, or the mean of the two, and both ends", () => {
    expect(summarise([9, 1, 10])).toEqual({ median: 9, min: 1, max: 10 });
    expect(summarise([4, 1, 2, 10])).toEqual({ median: 3, min: 1, max: 10 });
    expect(summarise([5])).toEqual({ median: 5, min: 5, max: 5 });
  });

  it("refuses to summarise nothing", () => {
    expect(() => summarise([])).toThrow("There is nothing to summarise.");
  });
});

describe("ratios", () => {
  it("compares what was measured in the same round", () => {
    expect(ratios([10, 30], [20, 10])).toEqual([0.5, 3]);
  });

  it("refuses sides of different rounds", () => {
    expect(() => ratios([1, 2], [1])).toThrow("Both sides need the same rounds.");
  });
});
