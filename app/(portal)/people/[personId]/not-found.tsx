import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export default function PersonNotFound() {
  const t = useTranslations("person");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.people.list(), label: t("backToList") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
