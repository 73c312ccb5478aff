/** Where a click means something else than "open this row". */
const CONTROLS = "a, button, input, label, select, summary, textarea, [data-row-control]";

/**
 * Finds the link that a row stands for, `a[data-row-link]`, when an event of the mouse is meant for the row: not for
 * something to press in it, and not to select its text.
 */
function findRowLink({ target, defaultPrevented }: MouseEvent): HTMLAnchorElement | null {
  if (defaultPrevented || !(target instanceof Element) || target.closest(CONTROLS) !== null) return null;
  const row = target.closest("tr");
  const selection = getSelection();
  if (row === null || (selection?.type === "Range" && row.contains(selection.anchorNode))) return null;
  return row.querySelector<HTMLAnchorElement>("a[data-row-link]");
}

/**
 * Makes a click anywhere in a row one on its link, with the keys that are held: whoever watches links sees no difference,
 * and the link stays the one thing that screen readers and the keyboard know. Returns what undoes it.
 */
export function followRows(sheet: HTMLElement): () => void {
  const click = (event: MouseEvent) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = event;
    follow(event, { ctrlKey, metaKey, shiftKey, altKey });
  };
  // The middle button opens a tab; a click that a script makes does so with the key that means the same.
  const clickMiddle = (event: MouseEvent) => {
    if (event.button === 1) follow(event, { ctrlKey: true, metaKey: true });
  };
  const keepFromScrolling = (event: MouseEvent) => {
    if (event.button === 1 && findRowLink(event) !== null) event.preventDefault();
  };
  sheet.addEventListener("click", click);
  sheet.addEventListener("auxclick", clickMiddle);
  sheet.addEventListener("mousedown", keepFromScrolling);
  return () => {
    sheet.removeEventListener("click", click);
    sheet.removeEventListener("auxclick", clickMiddle);
    sheet.removeEventListener("mousedown", keepFromScrolling);
  };
}

function follow(event: MouseEvent, keys: MouseEventInit): void {
  findRowLink(event)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...keys }));
}
