import type { ReactNode } from "react";

type OverviewRowProps = {
  title: string;
  /** Where to go on from here. */
  links: ReactNode;
  children: ReactNode;
};

/** One of the things that the overview tells in short: what it is about, how it stands, and the way to all of it. */
export function OverviewRow({ title, links, children }: OverviewRowProps) {
  return (
    <li className="space-y-2 py-4 first:pt-0 last:pb-0">
      <h3 className="text-sm font-medium text-ink-muted">{title}</h3>
      <div className="space-y-2">{children}</div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">{links}</p>
    </li>
  );
}
