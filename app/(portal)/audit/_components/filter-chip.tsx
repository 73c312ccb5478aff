import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

type FilterChipProps = { text: string; href: Route /** What pressing it does. */; label: string };

/** A filter that is on and has no field, and the way to be rid of it. */
export function FilterChip({ text, href, label }: FilterChipProps) {
  return (
    <Link
      href={href}
      aria-label={label}
      scroll={false}
      className="inline-flex min-h-10 max-w-full items-center gap-1.5 rounded-full border border-line-strong bg-accent-soft px-3 text-sm hover:bg-sunken"
    >
      <span className="truncate">{text}</span>
      <X aria-hidden="true" className="size-3.5 shrink-0" />
    </Link>
  );
}
