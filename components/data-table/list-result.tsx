import { SearchX } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import type { ListQuery, PageSize } from "@/lib/list/list-address";
import type { PageResult } from "@/lib/list/page-result";
import { TablePagination } from "./table-pagination";

/** What `listParams` returns, as far as it is needed here. */
type List<Params> = {
  change(params: Params, changes: Partial<Params>): Params;
  toQuery(params: Params): ListQuery;
  isFiltered(params: Params): boolean;
  withoutFilters(params: Params): Params;
};

type ListResultProps<Params> = {
  list: List<Params>;
  params: Params;
  address(query: ListQuery): Route;
  result: Omit<PageResult<unknown>, "rows">;
  /** How many rows there are, in words. */
  count: string;
  /** What stands here while there is nothing yet; a list that always has a row needs none. */
  empty?: ReactNode;
  /** What to say, and what the way back to everything is called, when nothing matches. */
  noMatch: { title: string; text: string; clear: string };
  /** The table. */
  children: ReactNode;
};

/** What was found: a page of rows with its count and its neighbours, or why there is none and what to do about it. */
export function ListResult<Params extends { page: number; perPage: PageSize }>(props: ListResultProps<Params>) {
  const t = useTranslations("list");
  const { list, params, address, result, count, empty, noMatch, children } = props;
  if (result.rowCount === 0 && empty !== undefined && !list.isFiltered(params)) return empty;
  if (result.rowCount === 0) {
    const { title, text } = result.isSearchable ? noMatch : { title: t("unsearchable"), text: t("unsearchableText") };
    return (
      <EmptyState icon={<SearchX />} title={title} text={text}>
        <Link href={address(list.toQuery(list.withoutFilters(params)))} className={buttonStyles()}>
          {noMatch.clear}
        </Link>
      </EmptyState>
    );
  }
  const linkTo = (page: number) => address(list.toQuery(list.change(params, { page } as Partial<Params>)));
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {count}
        {result.isNewestFirst && ` ${t("newestFirst")}`}
      </p>
      {children}
      <TablePagination result={result} perPage={params.perPage} linkTo={linkTo} />
    </div>
  );
}
