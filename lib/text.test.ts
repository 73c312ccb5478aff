import { describe, expect, it } from "vitest";
import { looksEmpty, oneLine } from "./text";

const schema = oneLine(5, "name_too_long");
const messagesOf = (text: string) => schema.safeParse(text).error?.issues.map(({ message }) => message);

describe("a text that looks empty", () => {
  const unseen = [
    "",
    " ",
    "\t\n",
    "\u00a0",
    "\u00ad",
    "\u034f",
    "\u115f",
    "\u180e",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202e",
  ];
  const more = ["\u2028", "\u2060", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\u{e0020}", "\u0000"];

  it.each([...unseen, ...more, " \u200b\u3000 "])("is %j", (text) => expect(looksEmpty(text)).toBe(true));

  it.each(["a", " a ", "\u200ba", "0", ".", "中", "🎓", "👩\u200d🚀", "é", "\u0301"])("is not %j", (text) => {
    expect(looksEmpty(text)).toBe(false);
  });
});

describe("a text of one line", () => {
  it.each(["", "Émile", "中文", "a b", "🎓", "של\u200e!"])("may be %j", (text) => {
    expect(schema.parse(` ${text}\n`)).toBe(text);
  });

  it.each([
    "\u0000",
    "\n",
    "\r",
    "\t",
    "\u001f",
    "\u007f",
    "\u009f",
    "\u2028",
    "\u2029",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
  ])("has no %j", (character) => {
    expect(messagesOf(`a${character}b`)).toEqual(["control_characters"]);
  });

  it.each(["\u200b", " \u3000\u200d ", "\u3164"])("is empty when nothing of it would be seen: %j", (text) => {
    expect(schema.parse(text)).toBe("");
    expect(
      schema
        .min(1, "name_required")
        .safeParse(text)
        .error?.issues.map(({ message }) => message),
    ).toEqual(["name_required"]);
  });

  it("has an end", () => {
    expect(messagesOf("x".repeat(6))).toEqual(["name_too_long"]);
  });
});
