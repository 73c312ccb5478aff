import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export const generateMetadata = pageTitle("failure.notFoundTitle");

export default async function NotFound() {
  const t = await getTranslations("failure");
  return (
    <main>
      <Message title={t("notFoundTitle")} link={{ href: routes.home(), label: t("home") }}>
        <p>{t("notFoundText")}</p>
      </Message>
    </main>
  );
}
