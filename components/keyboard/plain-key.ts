/** What of a `KeyboardEvent` decides whether it is a key of the portal. */
type KeyPress = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "repeat" | "defaultPrevented"
>;

/** What of an element decides whether keys are written into it. */
type Focused = Pick<HTMLElement, "tagName" | "isContentEditable" | "getAttribute">;

/** Of a letter that is still being composed, a few browsers say nothing more. */
const UNFINISHED = new Set(["Process", "Dead", "Unidentified"]);

/** Fields into which nothing is written. */
const NOT_WRITTEN_INTO = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

/** Parts in which a letter chooses what begins with it, or is written. */
const OWN_LETTERS = /^(?:textbox|searchbox|combobox|spinbutton|listbox|option|menu|menubar|menuitem.*|tree|treeitem)$/;

/**
 * The character of a key that was pressed by itself, as it is written in a list of keys; undefined with Ctrl, Alt or ⌘,
 * while an input method composes, when it is held down, and when somebody else has taken it. Shift is how many keyboards
 * write `?` and `/`, and Caps Lock does not matter.
 */
export function plainKeyOf(event: KeyPress): string | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing || UNFINISHED.has(event.key)) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if ([...event.key].length !== 1 || event.key === " ") return undefined;
  return event.shiftKey ? event.key : event.key.toLowerCase();
}

/** Tells whether letters belong to what has the focus: to a field, a list to choose from, a menu. */
export function takesLetters(focused: Focused | null): boolean {
  if (focused === null) return false;
  if (focused.isContentEditable || OWN_LETTERS.test(focused.getAttribute("role") ?? "")) return true;
  if (focused.tagName === "INPUT") return !NOT_WRITTEN_INTO.has(focused.getAttribute("type") ?? "text");
  return focused.tagName === "TEXTAREA" || focused.tagName === "SELECT";
}
