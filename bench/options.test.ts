import { describe, expect, it } from "vitest";
import { readOptions, SECTIONS } from "./options";

describe("the options of the bench", () => {
  it("measure everything in full when nothing is said", () => {
    expect(readOptions([])).toEqual({
      isQuick: false,
      writes: false,
      profiles: false,
      sections: SECTIONS,
      rounds: 5,
      seconds: 8,
      size: 1,
    });
  });

  it("measure less, and on a tenth of the data, when it has to be quick", () => {
    expect(readOptions(["--quick"])).toMatchObject({ isQuick: true, rounds: 3, seconds: 2, size: 0.1 });
  });

  it("put the tables of a whole run into the document", () => {
    expect(readOptions(["--write", "--quick"])).toMatchObject({ writes: true, sections: SECTIONS });
  });

  it("can be chosen one by one", () => {
    const args = ["--quick", "--profile", "--only=rooms,token", "--rounds=7", "--seconds=1.5", "--size", "0.5"];
    expect(readOptions(args)).toEqual({
      isQuick: true,
      writes: false,
      profiles: true,
      sections: ["rooms", "token"],
      rounds: 7,
      seconds: 1.5,
      size: 0.5,
    });
  });

  it.each([
    [["--only=tokens"], "--only takes names out of token, "],
    [["--only="], "--only takes names out of token, "],
    [["--rounds=0"], "--rounds takes a whole number from 1 to 100."],
    [["--rounds=2.5"], "--rounds takes a whole number from 1 to 100."],
    [["--seconds=-1"], "--seconds takes a number from 1 to 600."],
    [["--seconds=1e2"], "--seconds takes a number from 1 to 600."],
    [["--size=all"], "--size takes a number from 0.001 to 10."],
    [["--write", "--only=token"], "--write is for a whole run; leave --only away."],
    [["--fast"], "Unknown option '--fast'"],
  ])("refuse %s", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
