import { describe, expect, it } from "vitest";
import { decodeFormComponent, parseForm } from "./form-encoding";

describe("a form", () => {
  it.each(["%zz=1", "a=%", "a=1&b=%4", "a=%C3%28", "a=1&%ED%A0%80=x"])(
    "is refused whole for one bad component: %s",
    (text) => {
      expect(parseForm(text)).toBeUndefined();
    },
  );

  it.each([
    ["", []],
    ["&&", []],
    ["a", [["a", ""]]],
    ["a=", [["a", ""]]],
    ["=b", [["", "b"]]],
    ["a=b=c", [["a", "b=c"]]],
    ["a=1&b=2&a=3", "a1 b2 a3".split(" ").map(([name, value]) => [name, value])],
    ["a+b=c+d%2B", [["a b", "c d+"]]],
    ["%61%3D=%26", [["a=", "&"]]],
  ])("holds every pair in order, empty and repeated names included: %j", (text, entries) => {
    expect(parseForm(text)).toEqual(entries);
  });
});

it.each(["%", "%4", "%zz", "%FF", "%C0%AF"])("a component is not guessed: %s", (text) => {
  expect(decodeFormComponent(text)).toBeUndefined();
});
