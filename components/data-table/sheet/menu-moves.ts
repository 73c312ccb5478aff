import type { KeyboardEvent } from "react";

/** Below this room a menu opens upwards, in pixels. */
const ROOM_BELOW_MIN = 260;
const GAP = 4;

/** Puts a menu at the right edge of its button, below it or above. Through properties: the page's policy forbids style attributes. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const isBelow = clientHeight - bottom >= ROOM_BELOW_MIN || clientHeight - bottom >= top;
  menu.style.right = `${Math.max(clientWidth - right, GAP)}px`;
  menu.style.top = isBelow ? `${bottom + GAP}px` : "auto";
  menu.style.bottom = isBelow ? "auto" : `${clientHeight - top + GAP}px`;
}

/** The keys of a menu (WAI-ARIA menu pattern): up and down, the ends, the first letter, and Tab, which leaves. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const index = items.findIndex((item) => item.matches(":focus"));
  if (event.key === "Tab") {
    menu.hidePopover();
    return;
  }
  if (event.key === " " && document.activeElement instanceof HTMLAnchorElement) {
    event.preventDefault();
    document.activeElement.click();
    return;
  }
  const next = nextItem(event.key, items, index);
  if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  next.focus();
}

function nextItem(key: string, items: HTMLElement[], index: number): HTMLElement | undefined {
  if (key === "ArrowDown") return items[(index + 1) % items.length];
  if (key === "ArrowUp") return items.at(index <= 0 ? -1 : index - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (!/^\p{L}$/u.test(key)) return undefined;
  const begins = (item: HTMLElement) =>
    (item.textContent ?? "").trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
  return [...items.slice(index + 1), ...items.slice(0, index + 1)].find(begins);
}
