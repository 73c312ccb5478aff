import { expect, it } from "vitest";
import { toTop } from "./chart-scale";

it.each([
  [0, 2],
  [2, 2],
  [3, 4],
  [5, 6],
  [9, 10],
  [11, 20],
  [20, 20],
  [65, 80],
  [99, 100],
  [230, 300],
  [123_456, 200_000],
  [2_147_483_647, 3_000_000_000],
])("the scale for %i ends at %i, and its half is whole", (value, top) => {
  expect(toTop(value)).toBe(top);
  expect(Number.isInteger(top / 2)).toBe(true);
});
