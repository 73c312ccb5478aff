import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { type AuditAddress, kindOf } from "@/lib/audit/log/audit-log.schema";
import { routes } from "@/lib/routes";

/** What is shown, as files. Their addresses are no pages, and say the kind of events that goes without saying on one. */
export function ExportLinks({ address }: { address: AuditAddress }) {
  const t = useTranslations("audit");
  const shown = { ...address, kind: kindOf(address) };
  return (
    <>
      <a href={routes.audit.export("csv", shown)} download className={buttonStyles()}>
        <Download aria-hidden="true" />
        {t("exportCsv")}
      </a>
      <a href={routes.audit.export("json", shown)} download className={buttonStyles()}>
        <Download aria-hidden="true" />
        {t("exportJson")}
      </a>
    </>
  );
}
