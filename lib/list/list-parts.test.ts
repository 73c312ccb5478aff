import { describe, expect, it } from "vitest";
import { containing, escapeLike, searchPattern } from "./contains-text";
import { withoutDefaults } from "./form-query";
import { parseHiddenColumns, readColumnsForm } from "./hidden-columns";
import { pageWindow } from "./page-window";

function form(...entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe("pageWindow", () => {
  it.each([
    ["an empty list", 0, 1, { rowCount: 0, page: 1, pageCount: 1, skip: 0 }],
    ["an empty list, asked for its third page", 0, 3, { rowCount: 0, page: 1, pageCount: 1, skip: 0 }],
    ["a full page", 25, 1, { rowCount: 25, page: 1, pageCount: 1, skip: 0 }],
    ["one row more", 26, 2, { rowCount: 26, page: 2, pageCount: 2, skip: 25 }],
    ["a page beyond the end: the last one", 26, 9_999, { rowCount: 26, page: 2, pageCount: 2, skip: 25 }],
    ["a page before the beginning: the first one", 26, 0, { rowCount: 26, page: 1, pageCount: 2, skip: 0 }],
    ["as many as are counted", 10_000, 1, { rowCount: 10_000, page: 1, pageCount: 400, skip: 0 }],
  ])("%s", (_what, counted, page, expected) => {
    expect(pageWindow(counted, { page, perPage: 25 })).toEqual({ hasMoreRows: false, take: 25, ...expected });
  });

  it("says that there are more than are counted, and ends there", () => {
    expect(pageWindow(10_001, { page: 400, perPage: 25 })).toEqual({
      rowCount: 10_000,
      hasMoreRows: true,
      page: 400,
      pageCount: 400,
      skip: 9_975,
      take: 25,
    });
  });
});

it.each([
  ["100%", "100\\%"],
  ["a_b", "a\\_b"],
  ["a\\b", "a\\\\b"],
  ["plain", "plain"],
])("takes %j as text, not as a pattern", (text, escaped) => {
  expect(escapeLike(text)).toBe(escaped);
  expect(containing(text)).toEqual({ contains: escaped, mode: "insensitive" });
});

describe("a search in a long list", () => {
  it.each([
    ["three or more characters", "cal", "%cal%"],
    ["letters behind marks", "@a", "%@a%"],
    ["two words, however short", "a b", "%a b%"],
    ["two letters and a mark", "ab-", "%ab-%"],
    ["marks that mean something in a pattern", "50%_", "%50\\%\\_%"],
  ])("looks for a text that contains %s", (_what, text, pattern) => {
    expect(searchPattern(text)).toEqual({ operator: "ILIKE", pattern });
  });

  it.each([
    ["a letter", "é", "(^| )é"],
    ["two digits", "42", "(^| )42"],
    ["a letter with marks behind it, which are taken as they are", "a.*", "(^| )a\\.\\*"],
  ])("looks for a word that begins with %s", (_what, text, pattern) => {
    expect(searchPattern(text)).toEqual({ operator: "~*", pattern });
  });

  it.each(["@", "--", "…", "%", "\\", "(", " ", "🎉", ""])("does not look for %j alone", (text) => {
    expect(searchPattern(text)).toBeUndefined();
  });
});

describe("withoutDefaults", () => {
  it("leaves out what is empty, blank or the default, and keeps what is said twice", () => {
    const entries: [string, string][] = [
      ["q", "  a b "],
      ["status", ""],
      ["owner", "  "],
      ["kind", "x"],
      ["kind", "y"],
      ["perPage", "25"],
    ];
    expect(withoutDefaults(form(...entries), { perPage: "25" })).toBe("q=a+b&kind=x&kind=y");
  });

  it("says the order and the page size last, wherever their controls stand", () => {
    const sent = form(["perPage", "10"], ["sort", "name"], ["q", "a"], ["dir", "desc"], ["status", "on"]);
    expect(withoutDefaults(sent, {})).toBe("q=a&status=on&sort=name&dir=desc&perPage=10");
  });

  it("says a zone only of a moment", () => {
    expect(withoutDefaults(form(["from", ""], ["to", " "], ["zone", "Asia/Tokyo"]), {})).toBe("");
    const sent = form(["from", ""], ["to", "2026-11-24T07:05"], ["zone", "Asia/Tokyo"]);
    expect(withoutDefaults(sent, {})).toBe("to=2026-11-24T07%3A05&zone=Asia%2FTokyo");
  });

  it("keeps the value that is the default of another control", () => {
    expect(withoutDefaults(form(["q", "25"], ["perPage", "50"]), { perPage: "25" })).toBe("q=25&perPage=50");
  });
});

describe("hidden columns", () => {
  it("are those that the menu offered and nobody ticked", () => {
    const sent = form(["list", "things"], ["column", "a"], ["column", "b"], ["column", "c"], ["shown", "b"]);
    expect(readColumnsForm(sent)).toEqual({ name: "columns-things", value: "a.c" });
  });

  it.each([
    ["no list", form(["column", "a"])],
    ["a list that is no name", form(["list", "a;b"], ["column", "a"])],
    ["another cookie", form(["list", "../session"], ["column", "a"])],
    ["a column that is no name", form(["list", "things"], ["column", "a.b"])],
    [
      "too many columns",
      form(["list", "things"], ...Array.from({ length: 41 }, (): [string, string] => ["column", "a"])),
    ],
  ])("are not remembered from a form with %s", (_what, sent) => {
    expect(readColumnsForm(sent)).toBeUndefined();
  });

  it.each([
    [undefined, []],
    ["", []],
    ["b", ["b"]],
    ["b.a.gone", ["a", "b"]],
    ["name.__proto__.", []],
  ])("are read from %j as %j, whatever the cookie holds", (cookie, expected) => {
    expect(parseHiddenColumns(cookie, ["a", "b", "c"])).toEqual(expected);
  });

  it("are those of the list until somebody has chosen, if only to see all of them", () => {
    const read = (cookie: string | undefined) => parseHiddenColumns(cookie, ["a", "b", "c"], ["c", "gone"]);
    expect(read(undefined)).toEqual(["c"]);
    expect(read("")).toEqual([]);
    expect(read("a")).toEqual(["a"]);
  });
});
