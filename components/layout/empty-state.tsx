import type { ReactNode } from "react";

type EmptyStateProps = { icon: ReactNode; title: string; text: string; children?: ReactNode };

/** What stands where rows would be, and the next step. The title is no heading: the page has one already. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed border-line-strong px-6 py-14 text-center">
      <span aria-hidden="true" className="grid size-12 place-items-center rounded-full bg-accent-soft text-accent">
        {icon}
      </span>
      <div className="max-w-md space-y-1">
        <p className="text-lg font-semibold">{title}</p>
        <p className="text-ink-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
