import fc from "fast-check";
import { describe, expect } from "vitest";
import { parseJsonObject } from "../http/strict-json";
import { anyText, mutationsOf } from "../testing/arbitraries";
import { attempt, fuzz } from "../testing/fuzz";
import { naiveJsonObject } from "../testing/naive-json";

const SAMPLE =
  '{"grant_type":"client_credentials","scope":["a",{"b":-1.5e+3,"b2":null}],"\\u0061":"\\n","__proto__":{}}';

const space = fc.constantFrom("", "", "", " ", "\n\t", "\r", "\u00a0", "\ufeff");

/** A string literal in which each character is written plainly or escaped, as the choices say. */
const literal = fc
  .tuple(
    fc.string({
      unit: fc.constantFrom("a", "b", "/", '"', "\\", "\n", "é", "\ud83d", "\0", "{", "}", ",", ":"),
      maxLength: 4,
    }),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, choices]) => {
    const characters = Array.from({ length: text.length }, (_, at) => text.charAt(at));
    const written = characters.map((character, at) =>
      choices[at % choices.length]
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
        : JSON.stringify(character).slice(1, -1),
    );
    return `"${written.join("")}"`;
  });

const name = fc.oneof(fc.constantFrom('"a"', '"\\u0061"', '"__proto__"', '"constructor"', '"1"', '""'), literal);
const scalar = fc.oneof(
  literal,
  fc.constantFrom(
    "true",
    "false",
    "null",
    "0",
    "-0",
    "1e400",
    "1.5E-7",
    "01",
    "+1",
    ".5",
    "1.",
    "NaN",
    "tru",
    "0x1",
    "'a'",
  ),
  fc.double().map(String),
);

/** JSON texts, nearly all of them well-formed, in which names repeat often, at every depth and in every spelling. */
const { object } = fc.letrec<{ object: string; value: string }>((tie) => ({
  object: fc
    .array(fc.tuple(name, space, tie("value"), space), { maxLength: 4 })
    .map(
      (members) => `{${members.map(([key, before, value, after]) => `${before}${key}:${value}${after}`).join(",")}}`,
    ),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
  ),
}));

const units = fc.constantFrom(
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "\\u",
  " ",
  "0",
  "-",
  "e",
  "a",
  "\0",
  "\ufeff",
  "null",
);

function expectAgreement(text: string): void {
  expect(attempt(() => parseJsonObject(text))).toEqual({ value: naiveJsonObject(text) });
}

describe("JSON objects, against a second implementation", () => {
  // Conformance: N23, W13
  fuzz(
    "are read when they are JSON and every name is unique at every depth, and refused otherwise",
    fc.property(fc.tuple(space, object, space), (parts) => expectAgreement(parts.join(""))),
    { runs: 2000 },
  );

  // Conformance: N23
  fuzz("are refused or read the same after any damage", fc.property(mutationsOf(SAMPLE, units), expectAgreement), {
    runs: 3000,
  });

  // Conformance: N23
  fuzz(
    "no text makes the parser fail or wait",
    fc.property(anyText, (text) => {
      expect(attempt(() => parseJsonObject(text))).toHaveProperty("value");
    }),
  );
});
