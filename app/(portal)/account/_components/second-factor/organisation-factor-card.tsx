import { useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";

/** For who signs in through the organisation: nothing is to be set up here. */
export function OrganisationFactorCard() {
  const t = useTranslations("secondFactor");
  return (
    <Card id="second-factor">
      <CardHeading text={t("external")}>{t("title")}</CardHeading>
    </Card>
  );
}
