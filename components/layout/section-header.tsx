import type { ReactNode } from "react";

type SectionHeaderProps = {
  title: string;
  /** For a heading that gets the focus when what had it is gone. */
  titleId?: string;
  description?: ReactNode;
  /** What can be done here, to the right of the title. */
  children?: ReactNode;
};

/** What this page of a layout with a header of its own is about, and what can be done here. */
export function SectionHeader({ title, titleId, description, children }: SectionHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="max-w-prose min-w-0 space-y-1">
        <h2
          id={titleId}
          tabIndex={titleId === undefined ? undefined : -1}
          className="text-xl font-semibold tracking-tight outline-none"
        >
          {title}
        </h2>
        {description !== undefined && <p className="text-sm text-ink-muted">{description}</p>}
      </div>
      {children !== undefined && <div className="flex flex-wrap gap-3">{children}</div>}
    </div>
  );
}
