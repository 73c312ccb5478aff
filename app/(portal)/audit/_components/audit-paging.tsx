import { ArrowLeft, ArrowRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "@/components/ui/button";

/** Links to what came after and before. There are no page numbers: the log grows while it is read. */
export async function AuditPaging({ newer, older }: { newer: Route | undefined; older: Route | undefined }) {
  const t = await getTranslations("audit");
  if (newer === undefined && older === undefined) return null;
  return (
    <nav aria-label={t("pages")} className="flex flex-wrap justify-end gap-2">
      {newer !== undefined && (
        <Link href={newer} rel="prev" className={buttonStyles()}>
          <ArrowLeft aria-hidden="true" />
          {t("newer")}
        </Link>
      )}
      {older !== undefined && (
        <Link href={older} rel="next" className={buttonStyles()}>
          {t("older")}
          <ArrowRight aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}
