import { expect, it } from "vitest";
import { readSeedArguments } from "./read-seed-arguments";

it("asks for nothing that was not asked for: no server, no credentials, no long list", () => {
  expect(readSeedArguments([])).toEqual({
    seed: 1,
    manyApplications: 0,
    allowsServer: false,
    printsCredentials: false,
  });
});

it("reads what is asked for", () => {
  const args = ["--seed", "9", "--applications", "100000", "--database-url", "--print-credentials"];
  expect(readSeedArguments(args)).toEqual({
    seed: 9,
    manyApplications: 100_000,
    allowsServer: true,
    printsCredentials: true,
  });
});

it.each([
  [["--applications", "many"]],
  [["--applications", "-1"]],
  [["--applications", "1000001"]],
  [["--seed", "1.5"]],
  [["--force"]],
  [["production"]],
])("refuses %j", (args) => {
  expect(() => readSeedArguments(args)).toThrow();
});
