import type { ReactNode } from "react";

/** One fact and its name; stands in a `dl`. */
export function Definition({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1">
      <dt className="w-40 text-sm text-ink-muted">{term}</dt>
      <dd className="min-w-0 flex-1 basis-48 wrap-anywhere">{children}</dd>
    </div>
  );
}
