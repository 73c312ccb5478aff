import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { PAGE_SIZES, type PageSize as Size } from "@/lib/list/list-address";
import type { PageResult } from "@/lib/list/page-result";
import { PageSize } from "./page-size";

type TablePaginationProps = {
  result: Omit<PageResult<unknown>, "rows">;
  perPage: Size;
  /** The address of a page of this list. */
  linkTo(page: number): Route;
};

/** Where in the list one is, how much of it is shown, and links that work without scripts and with the back button. */
export function TablePagination({ result, perPage, linkTo }: TablePaginationProps) {
  const t = useTranslations("pagination");
  const { page, pageCount, rowCount, hasMoreRows } = result;
  if (rowCount <= PAGE_SIZES[0]) return null;
  const range = { from: (page - 1) * perPage + 1, to: Math.min(page * perPage, rowCount), rowCount };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <PageSize value={perPage} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="text-sm text-ink-muted tabular-nums">
          {hasMoreRows ? t("rangeOfMore", range) : t("range", range)}
        </p>
        {pageCount > 1 && (
          <nav aria-label={t("label")} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="text-sm text-ink-muted tabular-nums">{t("position", { page, pageCount })}</p>
            <div className="flex gap-2">
              {page > 1 && (
                <Link href={linkTo(page - 1)} rel="prev" className={buttonStyles()}>
                  <ArrowLeft aria-hidden="true" />
                  {t("previous")}
                </Link>
              )}
              {page < pageCount && (
                <Link href={linkTo(page + 1)} rel="next" className={buttonStyles()}>
                  {t("next")}
                  <ArrowRight aria-hidden="true" />
                </Link>
              )}
            </div>
          </nav>
        )}
      </div>
    </div>
  );
}
