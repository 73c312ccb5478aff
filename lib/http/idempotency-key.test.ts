import { describe, expect, it } from "vitest";
import { readIdempotencyKey } from "./idempotency-key";
import { HttpProblem } from "./problem";

const read = (field: string) =>
  readIdempotencyKey(new Request("http://localhost/", { headers: { "Idempotency-Key": field } }));

describe("an idempotency key", () => {
  it("need not be there", () => expect(readIdempotencyKey(new Request("http://localhost/"))).toBeUndefined());

  // Conformance: K04
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ['"a b"', "a b"],
    [String.raw`"a\"b\\c"`, String.raw`a"b\c`],
    [`"${"x".repeat(255)}"`, "x".repeat(255)],
    [`"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
    ["8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ["order:17/a", "order:17/a"],
  ])("is read from %s", (field, key) => expect(read(field)).toBe(key));

  // Conformance: K04
  it.each([
    "",
    '""',
    '"',
    '"a',
    'a"',
    'a"b',
    String.raw`"a\b"`,
    String.raw`"a\"`,
    '"é"',
    '"a\tb"',
    '"a";b=1',
    '"a", "b"',
    "a, b",
    "a;b",
    "(a)",
    `"${"x".repeat(256)}"`,
    "x".repeat(256),
  ])("is refused as %j", (field) => {
    expect(() => read(field)).toThrow(HttpProblem);
  });

  // Conformance: K04
  it("is refused when it is sent twice, quoted or not", () => {
    for (const value of ['"a"', "a"]) {
      const headers = new Headers();
      headers.append("Idempotency-Key", value);
      headers.append("Idempotency-Key", value);
      expect(() => readIdempotencyKey(new Request("http://localhost/", { headers }))).toThrow(HttpProblem);
    }
  });
});
