import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";

type TablePaginationProps = {
  page: number;
  pageCount: number;
  previous: Route | undefined;
  next: Route | undefined;
};

/** Links to the pages before and after, which work without scripts, in a new tab and with the back button. */
export function TablePagination({ page, pageCount, previous, next }: TablePaginationProps) {
  const t = useTranslations("pagination");
  if (pageCount <= 1) return null;
  return (
    <nav aria-label={t("label")} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-sm text-ink-muted">{t("position", { page, pageCount })}</p>
      <div className="flex gap-2">
        {previous !== undefined && (
          <Link href={previous} rel="prev" className={buttonStyles()}>
            <ArrowLeft aria-hidden="true" />
            {t("previous")}
          </Link>
        )}
        {next !== undefined && (
          <Link href={next} rel="next" className={buttonStyles()}>
            {t("next")}
            <ArrowRight aria-hidden="true" />
          </Link>
        )}
      </div>
    </nav>
  );
}
