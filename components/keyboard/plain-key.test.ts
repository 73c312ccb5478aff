import { describe, expect, it } from "vitest";
import { plainKeyOf, takesLetters } from "./plain-key";

const PRESS = {
  key: "g",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  repeat: false,
  defaultPrevented: false,
};

describe("a key that is pressed by itself", () => {
  it("is its character, whatever Caps Lock says", () => {
    expect(plainKeyOf(PRESS)).toBe("g");
    expect(plainKeyOf({ ...PRESS, key: "G" })).toBe("g");
  });

  it("may need Shift to be written, but a capital letter is another key", () => {
    expect(plainKeyOf({ ...PRESS, key: "?", shiftKey: true })).toBe("?");
    expect(plainKeyOf({ ...PRESS, key: "/", shiftKey: true })).toBe("/");
    expect(plainKeyOf({ ...PRESS, key: "C", shiftKey: true })).toBe("C");
  });

  it.each(["ctrlKey", "metaKey", "altKey", "isComposing", "repeat", "defaultPrevented"] as const)(
    "is none with %s",
    (name) => {
      expect(plainKeyOf({ ...PRESS, [name]: true })).toBeUndefined();
    },
  );

  it.each(["Process", "Dead", "Unidentified", "Enter", "Tab", " ", "ArrowDown", "F1", "Shift"])("is not %j", (key) => {
    expect(plainKeyOf({ ...PRESS, key })).toBeUndefined();
  });
});

/** What has the focus, as far as it matters. */
function element(tagName: string, attributes: Record<string, string> = {}, isContentEditable = false) {
  return { tagName, isContentEditable, getAttribute: (name: string) => attributes[name] ?? null };
}

describe("letters", () => {
  it.each([
    ["a field", element("INPUT")],
    ["a field of a search", element("INPUT", { type: "search" })],
    ["a field of a date", element("INPUT", { type: "datetime-local" })],
    ["a text of many lines", element("TEXTAREA")],
    ["a list to choose from", element("SELECT")],
    ["a text that can be edited", element("P", {}, true)],
    ["an entry of a menu", element("DIV", { role: "menuitemcheckbox" })],
    ["a combobox", element("BUTTON", { role: "combobox" })],
    ["a text box that is no field", element("DIV", { role: "textbox" })],
  ])("belong to %s", (_what, focused) => {
    expect(takesLetters(focused)).toBe(true);
  });

  it.each([
    ["nothing", null],
    ["the page", element("BODY")],
    ["a link", element("A")],
    ["a button", element("BUTTON")],
    ["a box to tick", element("INPUT", { type: "checkbox" })],
    ["a choice", element("INPUT", { type: "radio" })],
    ["a heading", element("H1")],
  ])("do not belong to %s", (_what, focused) => {
    expect(takesLetters(focused)).toBe(false);
  });
});
