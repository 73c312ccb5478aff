import { describe, expect, it } from "vitest";
import { toCsvRecord } from "./csv";

describe("a CSV record", () => {
  it("quotes what would end a cell, and nothing else", () => {
    expect(toCsvRecord(["plain", "a,b", 'say "hi"', "two\nlines", " spaced "])).toBe(
      'plain,"a,b","say ""hi""","two\nlines", spaced \r\n',
    );
  });

  it("leaves nothing empty and writes numbers and truth as they are", () => {
    expect(toCsvRecord([null, undefined, "", 0, -1, true])).toBe(",,,0,-1,true\r\n");
  });

  it.each([
    "=HYPERLINK(0)",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uFF1D1+1",
    "\uFF0B1",
    "\uFF0D1",
    "\uFF20A1",
  ])("disarms %j", (text) => {
    expect(toCsvRecord([text]).replace(/^"/, "")).toMatch(/^'/);
  });

  it("disarms a formula that needs quotes", () => {
    expect(toCsvRecord(['=cmd|" /C calc"!A0,1'])).toBe(`"'=cmd|"" /C calc""!A0,1"\r\n`);
  });

  it.each(["a=b", "1-2", "me@example.org", "'quoted"])("leaves %j alone", (text) => {
    expect(toCsvRecord([text])).toBe(`${text}\r\n`);
  });
});
