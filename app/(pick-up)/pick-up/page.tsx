import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { Card } from "@/components/ui/card";
import { toApiAddresses } from "@/lib/applications/api-addresses";
import { config } from "@/lib/env/config";
import { PickUp } from "./_components/pick-up";

export const generateMetadata = pageTitle("pickUp.title");

/** The same for every link and for whatever reads addresses by itself: the token stands in the fragment, which never comes here. */
export default async function PickUpPage() {
  const t = await getTranslations("pickUp");
  return (
    <Card className="space-y-5">
      <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
      <noscript>
        <p>{t("needsScripts")}</p>
      </noscript>
      <PickUp addresses={toApiAddresses(config())} />
    </Card>
  );
}
