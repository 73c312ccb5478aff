import Link from "next/link";
import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

export default function AuditEventNotFound() {
  const t = useTranslations("auditEvent");
  return (
    <Message title={t("notFoundTitle")}>
      <p>{t("notFoundText")}</p>
      <p>
        <Link href={routes.audit.list()} className={buttonStyles()}>
          {t("back")}
        </Link>
      </p>
    </Message>
  );
}
