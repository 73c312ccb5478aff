import type { Page } from "@playwright/test";

/** What a person did since counting began: presses of a button, link, box or choice, and fields written into. */
export type Effort = { readonly clicks: number; readonly fields: number };

/**
 * Counts what a person has to do on a page, as the browser sees it: each press of the pointer, each choice in a list, each
 * Enter or Space on something that can be pressed, and each field that was written into, once until it leaves the page.
 * Begin before the first navigation; a reload goes on with the count. A press inside a field that is then written into
 * counts as part of filling it in.
 */
export async function countEffort(page: Page): Promise<() => Effort> {
  const effort = { clicks: 0, fields: 0 };
  await page.exposeFunction("noteEffort", (kind: keyof Effort) => {
    effort[kind] += 1;
  });
  await page.addInitScript(watchEffort);
  return () => ({ ...effort });
}

/** Runs in the page, before its scripts. */
function watchEffort(): void {
  const writable =
    'input:not([type="checkbox"]):not([type="radio"]):not([type="button"]):not([type="submit"]), textarea';
  const note = (window as unknown as { noteEffort: (kind: "clicks" | "fields") => void }).noteEffort;
  const written = new WeakSet<EventTarget>();
  const matches = (event: Event, selector: string) =>
    event.target instanceof Element && event.target.closest(selector) !== null;
  document.addEventListener(
    "pointerdown",
    (event) => {
      if (!matches(event, writable)) note("clicks");
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && matches(event, "input, textarea")) note("clicks");
      else if ((event.key === "Enter" || event.key === " ") && matches(event, "a, button, summary, [role]"))
        note("clicks");
    },
    true,
  );
  document.addEventListener("change", (event) => matches(event, "select") && note("clicks"), true);
  document.addEventListener(
    "input",
    (event) => {
      if (event.target === null || written.has(event.target) || !matches(event, writable)) return;
      written.add(event.target);
      note("fields");
    },
    true,
  );
}
