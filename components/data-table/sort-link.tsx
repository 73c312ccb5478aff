import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import type { SortDirection } from "@/lib/list/list-address";

type SortLinkProps = { href: Route; direction: SortDirection | undefined; children: ReactNode };

/** The header of a column that sorts. A link, so that an order can be bookmarked; the cell says which way it goes. */
export function SortLink({ href, direction, children }: SortLinkProps) {
  const Icon = direction === undefined ? ChevronsUpDown : direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      className={cn("-mx-1 inline-flex items-center gap-1 rounded px-1 hover:text-ink", direction && "text-ink")}
    >
      {children}
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
    </Link>
  );
}
