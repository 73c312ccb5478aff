import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export default function ApplicationNotFound() {
  const t = useTranslations("application");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.applications.list(), label: t("backToList") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
