/**
 * Copies what a field holds and tells whether that worked. Where the clipboard is refused, which browsers do outside of
 * https and without a permission, the older way is tried; it leaves the field's text selected, ready to be copied by hand.
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
