import { getTranslations } from "next-intl/server";
import { setSingleKeys } from "@/app/preferences/actions";
import { Button } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";

/** Switches the keys that are pressed by themselves off and on in this browser. A plain form: it works without scripts. */
export async function SingleKeysCard({ areOn }: { areOn: boolean }) {
  const t = await getTranslations("singleKeys");
  return (
    <Card id="keys" className="space-y-4">
      <CardHeading text={t("text")}>{t("title")}</CardHeading>
      <p>{areOn ? t("areOn") : t("areOff")}</p>
      <form action={setSingleKeys}>
        <Button type="submit" name="keys" value={areOn ? "off" : "on"}>
          {areOn ? t("switchOff") : t("switchOn")}
        </Button>
      </form>
    </Card>
  );
}
