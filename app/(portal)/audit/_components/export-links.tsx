import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import type { AuditAddress } from "@/lib/audit/log/audit-log.schema";
import { routes } from "@/lib/routes";

/** What is shown, as files. Their addresses are no pages. */
export function ExportLinks({ address }: { address: AuditAddress }) {
  const t = useTranslations("audit");
  return (
    <>
      <a href={routes.audit.export("csv", address)} download className={buttonStyles()}>
        <Download aria-hidden="true" />
        {t("exportCsv")}
      </a>
      <a href={routes.audit.export("json", address)} download className={buttonStyles()}>
        <Download aria-hidden="true" />
        {t("exportJson")}
      </a>
    </>
  );
}
