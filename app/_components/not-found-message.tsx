import { useTranslations } from "next-intl";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

/** That an address leads nowhere, and the way to where everything begins. */
export function NotFoundMessage() {
  const t = useTranslations("failure");
  return (
    <Message title={t("notFoundTitle")} link={{ href: routes.home(), label: t("home") }}>
      <p>{t("notFoundText")}</p>
    </Message>
  );
}
