import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { joinPacked, joinPlain, packPieces } from "./packed-pieces";

const pieces = (...texts: string[]) => packPieces(texts.map((text) => Buffer.from(text)));
const long = "<p>again and again</p>".repeat(10_000);

describe("packed pieces", () => {
  it.each([
    ["one piece", ["only"], "x", "only"],
    ["several", ["<a>é", "</a>", ""], "nonce", "<a>énonce</a>nonce"],
    ["nothing between", ["a", "b"], "", "ab"],
    ["no text at all", [""], "x", ""],
    ["a long one", [long, long], "n", `${long}n${long}`],
  ])("are what they were, plain and compressed: %s", (_what, texts, between, expected) => {
    const packed = pieces(...texts);
    expect(joinPlain(packed, Buffer.from(between)).toString()).toBe(expected);
    expect(gunzipSync(joinPacked(packed, Buffer.from(between))).toString()).toBe(expected);
  });

  it("take other texts between them, one after the other", () => {
    const packed = pieces("a", "b", "c");
    for (const between of ["1", "22", "ü".repeat(300)]) {
      expect(gunzipSync(joinPacked(packed, Buffer.from(between))).toString()).toBe(`a${between}b${between}c`);
    }
  });

  it("are small where the text repeats itself", () => {
    expect(joinPacked(pieces(long, long), Buffer.from("n")).length).toBeLessThan(long.length / 50);
  });
});
