import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/layout/message";
import { routes } from "@/lib/routes";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("failure");
  return { title: t("notFoundTitle") };
}

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
