import { describe, expect, it } from "vitest";
import { matchesWeakly, readEntityTagCondition } from "./entity-tag";
import { HttpProblem } from "./problem";

const read = (field: string) =>
  readEntityTagCondition(new Request("http://localhost/", { headers: { "If-Match": field } }), "If-Match");

describe("a precondition", () => {
  it("is none when there is no field", () => {
    expect(readEntityTagCondition(new Request("http://localhost/"), "If-Match")).toBeUndefined();
  });

  it.each([
    ["*", "*"],
    ['"a"', [{ value: "a", isWeak: false }]],
    ['W/"a"', [{ value: "a", isWeak: true }]],
    ['""', [{ value: "", isWeak: false }]],
    [
      '"a,b" ,\t"c"',
      [
        { value: "a,b", isWeak: false },
        { value: "c", isWeak: false },
      ],
    ],
  ])("is read from %j", (field, condition) => {
    expect(read(field)).toEqual(condition);
  });

  it.each(["a", '"a', 'a"', '"a" "b"', '"a",', ',"a"', '*, "a"', 'w/"a"', '"a b"', "'a'"])(
    "is refused as %j",
    (field) => {
      expect(() => read(field)).toThrow(HttpProblem);
    },
  );
});

describe("the weak comparison", () => {
  it("does not mind who says weak", () => {
    expect(matchesWeakly([{ value: "a", isWeak: true }], '"a"')).toBe(true);
    expect(matchesWeakly("*", '"a"')).toBe(true);
  });

  it("minds every character", () => {
    expect(matchesWeakly([{ value: "a", isWeak: false }], '"A"')).toBe(false);
    expect(matchesWeakly([], '"a"')).toBe(false);
  });
});
