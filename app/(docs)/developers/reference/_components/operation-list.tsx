"use client";

import { Search } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useSelectedLayoutSegment } from "next/navigation";
import { useState } from "react";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { cn } from "@/lib/cn";

type ListedOperation = {
  id: string;
  href: Route;
  method: string;
  path: string;
  summary: string;
  /** Under which heading it stands. */
  tag: string;
};

type OperationListProps = {
  label: string;
  filterLabel: string;
  /** What is said when nothing matches. */
  none: string;
  operations: readonly ListedOperation[];
};

/**
 * The way to each operation, and a field that leaves those with a word in their name, method or path. In a narrow window
 * there is the field alone, until somebody writes into it.
 */
export function OperationList({ label, filterLabel, none, operations }: OperationListProps) {
  const isHydrated = useIsHydrated();
  const segment = useSelectedLayoutSegment();
  const [filter, setFilter] = useState("");
  const words = filter.toLowerCase().split(/\s+/);
  const found = operations.filter(({ method, path, summary, id }) => {
    const text = `${method} ${path} ${summary} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const tags = [...new Set(found.map(({ tag }) => tag))];
  return (
    <nav aria-label={label} className="space-y-4 text-sm">
      <div className="relative">
        <Search aria-hidden="true" className="absolute top-3 left-3 size-4 text-ink-muted" />
        <input
          type="search"
          aria-label={filterLabel}
          placeholder={filterLabel}
          value={filter}
          disabled={!isHydrated}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
          className={cn(inputStyles, "min-h-10 py-1.5 pl-9 text-sm")}
        />
      </div>
      <p role="status" className={found.length === 0 ? "text-ink-muted" : "sr-only"}>
        {found.length === 0 ? none : ""}
      </p>
      {tags.map((tag) => (
        <div key={tag} lang="en" className={cn("space-y-1", filter.trim() === "" && "hidden xl:block")}>
          <p id={`list-${tag.replaceAll(" ", "-")}`} className="font-semibold">
            {tag}
          </p>
          <ul aria-labelledby={`list-${tag.replaceAll(" ", "-")}`} className="grid gap-0.5 border-l border-line">
            {found
              .filter((one) => one.tag === tag)
              .map(({ id, href, summary }) => (
                <li key={id}>
                  <Link
                    href={href}
                    prefetch={false}
                    aria-current={segment === id ? "page" : undefined}
                    className="block rounded-r px-3 py-1 text-ink-muted hover:bg-sunken hover:text-ink aria-[current]:font-medium aria-[current]:text-accent aria-[current]:shadow-[inset_2px_0] forced-colors:aria-[current]:underline"
                  >
                    {summary}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
