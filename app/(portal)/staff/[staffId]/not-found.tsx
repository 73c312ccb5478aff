import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export default function StaffMemberNotFound() {
  const t = useTranslations("staff");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.staff.list(), label: t("backToList") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
