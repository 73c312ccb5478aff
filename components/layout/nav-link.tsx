"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = { href: Route; children: ReactNode };

/** A link of the main navigation that knows when the page shown is its own, or below it. */
export function NavLink({ href, children }: NavLinkProps) {
  const pathname = usePathname();
  const current = pathname === href ? "page" : pathname.startsWith(`${href}/`) ? "true" : undefined;
  return (
    <Link
      href={href}
      aria-current={current}
      className="flex min-h-10 items-center gap-2.5 rounded-md px-3 text-sm font-medium text-ink-muted hover:bg-sunken hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent [&_svg]:size-4"
    >
      {children}
    </Link>
  );
}
