"use client";

import type { Route } from "next";
import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";

type SectionTab = {
  label: string;
  href: Route;
  /** What its address has below the layout, `null` for nothing; then that of pages that belong to it. */
  segments: readonly (string | null)[];
};

type SectionTabsProps = { /** Names the navigation. */ label: string; tabs: readonly SectionTab[] };

/**
 * Ways between the pages of one layout, which has to render them. They are links: each page has its address. In a narrow
 * window they stand in several lines, so that none is out of sight.
 */
export function SectionTabs({ label, tabs }: SectionTabsProps) {
  const segment = useSelectedLayoutSegment();
  return (
    <nav aria-label={label} className="border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map(({ label: text, href, segments }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={segment === segments[0] ? "page" : segments.includes(segment) ? "true" : undefined}
              className="inline-flex min-h-10 items-center rounded-t px-3 text-sm font-medium text-ink-muted hover:bg-sunken hover:text-ink aria-[current]:text-accent aria-[current]:shadow-[inset_0_-2px] forced-colors:aria-[current]:underline forced-colors:aria-[current]:decoration-2 forced-colors:aria-[current]:underline-offset-4"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
