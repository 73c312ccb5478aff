import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Card } from "@/components/ui/card";
import { OneTimeLink } from "../_components/one-time-link";

export const generateMetadata = pageTitle("oneTimeLink.invitationTitle");

export default async function InvitationPage() {
  const t = await getTranslations("oneTimeLink");
  return (
    <Card className="space-y-5">
      <h1 className="text-2xl font-semibold tracking-tight">{t("invitationTitle")}</h1>
      <noscript>
        <p>{t("needsScripts")}</p>
      </noscript>
      <OneTimeLink kind="invitation" />
    </Card>
  );
}
