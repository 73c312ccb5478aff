import { expect, it } from "vitest";
import { interleave } from "./interleave";

it("measures every row once in a round, each round beginning one later", () => {
  expect(interleave(["a", "b", "c"], 4)).toEqual([
    ["a", "b", "c"],
    ["b", "c", "a"],
    ["c", "a", "b"],
    ["a", "b", "c"],
  ]);
});

it("has no rounds without rows, and none when none is asked for", () => {
  expect(interleave([], 2)).toEqual([[], []]);
  expect(interleave(["a"], 0)).toEqual([]);
});
