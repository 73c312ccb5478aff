import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/layout/message";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("failure");
  return { title: t("notFoundTitle") };
}

export default async function NotFound() {
  const t = await getTranslations("failure");
  return (
    <main>
      <Message title={t("notFoundTitle")}>
        <p>{t("notFoundText")}</p>
        <p>
          <Link href={routes.home()} className={buttonStyles()}>
            {t("home")}
          </Link>
        </p>
      </Message>
    </main>
  );
}
