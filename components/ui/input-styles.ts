/** The look of everything that is typed or chosen in. To a browser a list to choose from is always read-only. */
export const inputStyles =
  "block w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-base text-ink placeholder:text-ink-muted aria-invalid:border-danger aria-invalid:outline-danger disabled:bg-sunken [&:not(select):read-only]:bg-sunken";
