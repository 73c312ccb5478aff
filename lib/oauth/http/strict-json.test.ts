import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_DEPTH_MAX, parseJsonObject } from "./strict-json";

describe("objects that are accepted", () => {
  it.each([
    ["{}", []],
    [
      '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
      [
        ["a", 1],
        ["b", { a: 2 }],
        ["c", [{ a: 3 }, { a: 4 }]],
      ],
    ],
    [
      '{"a":"a","b":"a"}',
      [
        ["a", "a"],
        ["b", "a"],
      ],
    ],
    ['{"a":["a","a","a"]}', [["a", ["a", "a", "a"]]]],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', [["a", '{"a":1,"a":2}']]],
    [
      '{"a\\\\":1,"a\\"":2}',
      [
        ["a\\", 1],
        ['a"', 2],
      ],
    ],
    [
      '{"a":1,"A":2}',
      [
        ["a", 1],
        ["A", 2],
      ],
    ],
    [
      '{"__proto__":{"x":1},"constructor":2}',
      [
        ["__proto__", { x: 1 }],
        ["constructor", 2],
      ],
    ],
  ])("reads %s", (text, entries) => {
    expect(Array.from(parseJsonObject(text) ?? [])).toEqual(entries);
  });
});

describe("texts that are refused", () => {
  it.each([
    "",
    "null",
    "1",
    '"a"',
    "[]",
    '[{"a":1}]',
    "{",
    '{"a":1,}',
    "{'a':1}",
    '{"a":1}{"a":1}',
    '\uFEFF{"a":1}',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":1,"b":2,"a":3}',
    '{"a":{"b":1,"b":2}}',
    '{"a":[{"b":1,"b":2}]}',
    '{"a":[1,{"c":[]}],"a":2}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"\\/":1,"/":2}',
  ])("refuses %s", (text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });

  it("reads 32 containers inside one another, and refuses one more, of whichever kind", () => {
    const nested = (depth: number, open: string, close: string) =>
      `{"a":${open.repeat(depth - 1)}1${close.repeat(depth - 1)}}`;
    for (const [open, close] of [
      ["[", "]"],
      ['{"b":', "}"],
    ] as const) {
      expect(parseJsonObject(nested(JSON_DEPTH_MAX, open, close))).toBeDefined();
      expect(parseJsonObject(nested(JSON_DEPTH_MAX + 1, open, close))).toBeUndefined();
      expect(parseJsonObject(nested(5_000, open, close))).toBeUndefined();
    }
    expect(parseJsonObject(`{"a":[${"[],".repeat(5_000)}[]],"b":"${"[{".repeat(5_000)}"}`)).toBeDefined();
  });

  it("survives 100 000 open brackets", () => {
    expect(parseJsonObject(`{"a":${"[".repeat(100_000)}`)).toBeUndefined();
  });
});

describe("properties", () => {
  it("accepts what JSON.stringify writes, with every member", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (object) => {
        const expected: unknown = JSON.parse(JSON.stringify(object));
        expect(parseJsonObject(JSON.stringify(object))).toEqual(new Map(Object.entries(Object(expected))));
      }),
      { numRuns: 1000, seed: 20261123 },
    );
  });

  it("refuses any object to which one of its own members is added again", () => {
    const objects = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(objects, fc.nat(), (object, pick) => {
        const names = Object.keys(object);
        const name = JSON.stringify(names[pick % names.length]);
        expect(parseJsonObject(`${JSON.stringify(object).slice(0, -1)},${name}:0}`)).toBeUndefined();
      }),
      { numRuns: 1000, seed: 20261123 },
    );
  });
});
