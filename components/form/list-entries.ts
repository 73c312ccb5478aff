/** Splits what was typed or pasted: one entry a line, or separated by spaces, commas or semicolons. */
export function splitEntries(text: string): string[] {
  return text.split(/[\s,;]+/).filter((entry) => entry !== "");
}

/** What a form knows about a list: one reason for the whole, or one for each entry that is wrong. */
export type ListErrors = { message?: string | undefined } & {
  [index: number]: { message?: string | undefined } | undefined;
};

export type EntryError = { entry: string | undefined; reason: string };

/** Returns what is wrong with the domains, each with the entry it is about; the whole list has no entry. */
export function toEntryErrors(entries: readonly string[], errors: ListErrors | undefined): EntryError[] {
  if (errors === undefined) return [];
  if (errors.message !== undefined && errors.message !== "") return [{ entry: undefined, reason: errors.message }];
  return entries.flatMap((entry, index) => {
    const reason = errors[index]?.message;
    return reason === undefined ? [] : [{ entry, reason }];
  });
}
