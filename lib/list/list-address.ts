import type { Route } from "next";

// What the browser needs of a list. It reads no addresses: what does brings a library with it that weighs 30 kB.

export const PAGE_SIZES = [10, 25, 50] as const;
export type PageSize = (typeof PAGE_SIZES)[number];
export const PAGE_SIZE: PageSize = 25;
export const SEARCH_LENGTH_MAX = 100;

export type SortDirection = "asc" | "desc";
/** The query of an address, ready to be written: without what is empty or the default. */
export type ListQuery = Record<string, string | readonly string[]>;
/** For each column that sorts: where its header leads, and how the list is sorted by it now. */
export type SortLinks = Record<string, { href: Route; direction: SortDirection | undefined }>;

/** Values of a list's form that mean the default. */
export const LIST_DEFAULTS = { perPage: String(PAGE_SIZE) } as const;

/** The part of a query that says the order, which no control of the list's form says. */
export function orderOf({ sort, dir }: ListQuery): Record<string, string> {
  return { ...(typeof sort === "string" ? { sort } : {}), ...(typeof dir === "string" ? { dir } : {}) };
}
