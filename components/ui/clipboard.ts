/**
 * Copies what a field holds and tells whether that worked. Where the clipboard is refused, which browsers do outside of
 * https and without a permission, the older way is tried; it leaves the field's text selected, ready to be copied by
 * hand.
 */
export async function copyFromField(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Copies a text that stands in no field, of one line unless told otherwise, and tells whether that worked. */
export async function copyText(text: string, kind: "line" | "lines" = "line"): Promise<boolean> {
  const field = document.createElement(kind === "line" ? "input" : "textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  document.body.append(field);
  const before = document.activeElement;
  try {
    return await copyFromField(field);
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
