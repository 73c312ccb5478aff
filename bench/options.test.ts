import { describe, expect, it } from "vitest";
import { readOptions, SECTIONS } from "./options";

describe("the options of the bench", () => {
  it("measure everything in full when nothing is said", () => {
    expect(readOptions([])).toEqual({
      isQuick: false,
      sections: SECTIONS,
      rounds: 5,
      seconds: 8,
    });
  });

  it("measure less when it has to be quick", () => {
    expect(readOptions(["--quick"])).toMatchObject({ isQuick: true, rounds: 3, seconds: 2 });
  });

  it("can be chosen one by one", () => {
    const args = ["--quick", "--only=token", "--rounds=7", "--seconds=1.5"];
    expect(readOptions(args)).toEqual({
      isQuick: true,
      sections: ["token"],
      rounds: 7,
      seconds: 1.5,
    });
  });

  it.each([
    [["--only=tokens"], "--only takes names out of token"],
    [["--only="], "--only takes names out of token"],
    [["--rounds=0"], "--rounds takes a whole number from 1 to 100."],
    [["--rounds=2.5"], "--rounds takes a whole number from 1 to 100."],
    [["--seconds=-1"], "--seconds takes a number from 1 to 600."],
    [["--seconds=1e2"], "--seconds takes a number from 1 to 600."],
    [["--fast"], "Unknown option '--fast'"],
  ])("refuse %s", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
