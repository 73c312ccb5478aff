import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Card } from "@/components/ui/card";
import { OneTimeLink } from "../_components/one-time-link";

export const generateMetadata = pageTitle("oneTimeLink.newPasswordTitle");

export default async function NewPasswordPage() {
  const t = await getTranslations("oneTimeLink");
  return (
    <Card className="space-y-5">
      <h1 className="text-2xl font-semibold tracking-tight">{t("newPasswordTitle")}</h1>
      <noscript>
        <p>{t("needsScripts")}</p>
      </noscript>
      <OneTimeLink kind="password_reset" />
    </Card>
  );
}
