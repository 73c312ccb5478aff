import { describe, expect, it } from "vitest";
import { oneLine } from "./text";

const schema = oneLine(5, "name_too_long");
const messagesOf = (text: string) => schema.safeParse(text).error?.issues.map(({ message }) => message);

describe("a text of one line", () => {
  it.each(["", "Émile", "中文", "a b", "🎓"])("may be %j", (text) => {
    expect(schema.parse(` ${text}\n`)).toBe(text);
  });

  it.each(["\u0000", "\n", "\r", "\t", "\u001f", "\u007f", "\u009f", "\u2028", "\u2029"])("has no %j", (character) => {
    expect(messagesOf(`a${character}b`)).toEqual(["control_characters"]);
  });

  it("has an end", () => {
    expect(messagesOf("x".repeat(6))).toEqual(["name_too_long"]);
  });
});
