import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export default function AuditEventNotFound() {
  const t = useTranslations("auditEvent");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.audit.list(), label: t("back") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
