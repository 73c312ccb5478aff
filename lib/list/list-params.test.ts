import type { Route } from "next";
import { describe, expect, it } from "vitest";
import { listParams, oneOf, someOf, textFilter, ticked } from "./list-params";

const list = listParams({
  sorts: { created: "desc", name: "asc" },
  defaultSort: "created",
  filters: {
    status: oneOf(["on", "off"]),
    kinds: someOf(["a", "b", "c"]),
    quiet: ticked(),
    owner: textFilter(5),
  },
});

const DEFAULTS = {
  q: "",
  sort: "created",
  dir: "desc",
  page: 1,
  perPage: 25,
  status: "",
  kinds: [],
  quiet: false,
  owner: "",
};

const address = (query: object) => `/list?${new URLSearchParams(query as Record<string, string>)}` as Route;

describe("parse", () => {
  it.each([
    ["nothing", {}],
    ["unknown names", { hash: "x", constructor: "x", __proto__: "x" }],
    ["a page of zero", { page: "0" }],
    ["a page below zero", { page: "-1" }],
    ["half a page", { page: "1.5" }],
    ["a page beyond all lists", { page: "1e9" }],
    ["two pages", { page: ["1", "2"] }],
    ["a page size nobody offers", { perPage: "100000" }],
    ["an empty page size", { perPage: "" }],
    ["two searches", { q: ["a", "b"] }],
    ["a search with U+0000", { q: "a\u0000b" }],
    ["a search with a line break", { q: "a\nb" }],
    ["a search that is too long", { q: "x".repeat(101) }],
    ["a column that does not sort", { sort: "hash; DROP TABLE" }],
    ["a name that every object has", { sort: "toString", status: "toString" }],
    ["a direction that does not exist", { dir: "sideways" }],
    ["a value that the filter does not have", { status: "maybe", kinds: ["z"], quiet: "true", owner: "longer" }],
    ["a list where one value is meant", { status: ["on", "off"], quiet: ["1"], owner: ["a"] }],
  ])("takes %s as the default", (_what, search) => {
    expect(list.parse(search)).toEqual(DEFAULTS);
  });

  it("reads what is right beside what is wrong", () => {
    expect(
      list.parse({ q: " diary ", page: "x", perPage: "50", sort: "name", kinds: ["c", "z", "a"], quiet: "1" }),
    ).toEqual({ ...DEFAULTS, q: "diary", perPage: 50, sort: "name", dir: "asc", kinds: ["a", "c"], quiet: true });
  });
});

describe("toQuery", () => {
  it("writes nothing of what is the default", () => {
    expect(list.toQuery(list.defaults)).toEqual({});
    expect(list.toQuery({})).toEqual({});
    expect(list.toQuery({ sort: "name" })).toEqual({ sort: "name" });
  });

  it.each([
    {},
    { q: "a&b=c %_ é" },
    { sort: "name", dir: "desc", page: "3", perPage: "10" },
    { dir: "asc" },
    { status: "off", kinds: ["b", "a"], quiet: "1", owner: "me" },
    { status: "?", page: "-7", perPage: "26", sort: "?" },
  ])("gives one state one address, which reads as the same state: %j", (search) => {
    const read = list.parse(search);
    const written = list.toQuery(read);
    expect(list.parse(written)).toEqual(read);
    expect(list.toQuery(list.parse(written))).toEqual(written);
  });
});

describe("change", () => {
  const third = list.parse({ q: "diary", page: "3" });

  it.each([
    [{ q: "calendar" }],
    [{ status: "on" as const }],
    [{ kinds: ["a" as const] }],
    [{ quiet: true }],
    [{ perPage: 50 as const }],
    [{ sort: "name" as const }],
  ])("begins at the first page of another list: %j", (changes) => {
    expect(list.change(third, changes)).toEqual({ ...third, ...changes, page: 1 });
  });

  it.each([[{ q: "diary" }], [{ kinds: [] }], [{}]])("stays where nothing changes: %j", (changes) => {
    expect(list.change(third, changes)).toEqual(third);
  });

  it("turns the page", () => {
    expect(list.change(third, { page: 4 })).toEqual({ ...third, page: 4 });
  });
});

describe("filters", () => {
  it("are counted without the search, and cleared without the order", () => {
    const values = list.parse({
      q: "x",
      status: "on",
      quiet: "1",
      sort: "name",
      dir: "desc",
      perPage: "10",
      page: "2",
    });
    expect(list.isFiltered(values)).toBe(true);
    expect(list.countFilters(values)).toBe(2);
    expect(list.countFilters(values, ["quiet", "owner"])).toBe(1);
    const cleared = list.withoutFilters(values);
    expect(cleared).toEqual({ ...DEFAULTS, sort: "name", dir: "desc", perPage: 10 });
    expect(list.isFiltered(cleared)).toBe(false);
  });

  it("refuse nothing that is only ordered or paged", () => {
    expect(list.isFiltered(list.parse({ sort: "name", page: "2", perPage: "10" }))).toBe(false);
  });
});

describe("sortLinks", () => {
  it("turn the column that sorts round, and begin another one as people expect, at the first page", () => {
    expect(list.sortLinks(list.parse({ q: "x", page: "3" }), address)).toEqual({
      created: { href: "/list?q=x&dir=asc", direction: "desc" },
      name: { href: "/list?q=x&sort=name", direction: undefined },
    });
    expect(list.sortLinks(list.parse({ sort: "name" }), address)).toEqual({
      created: { href: "/list?", direction: undefined },
      name: { href: "/list?sort=name&dir=desc", direction: "asc" },
    });
  });
});
