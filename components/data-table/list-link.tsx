"use client";

import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useSyncExternalStore } from "react";
import { notedQuery } from "./noted-list";

type ListLinkProps = { /** The list as it begins. */ list: Route; className?: string; children: ReactNode };

/** Leads back to a list as it was left. */
export function ListLink({ list, className, children }: ListLinkProps) {
  const query = useSyncExternalStore(
    () => () => {},
    () => notedQuery(list),
    () => "",
  );
  return (
    <Link href={`${list}${query}` as Route} className={className}>
      {children}
    </Link>
  );
}
