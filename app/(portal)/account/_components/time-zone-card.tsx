import { getTranslations } from "next-intl/server";
import { setTimeZone } from "@/app/preferences/actions";
import { FormField } from "@/components/form/form-field";
import { Button } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import { inputStyles } from "@/components/ui/input-styles";
import type { TimeZoneChoice } from "@/lib/i18n/time-zone-cookie";
import { DEFAULT_TIME_ZONE } from "@/lib/time";

/** The zones that are offered: those of the continents and oceans, and UTC. */
const ZONES = [DEFAULT_TIME_ZONE, ...Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"))];

/** In which zone dates are read in this browser. A plain form: it works without scripts. */
export async function TimeZoneCard({ choice: { zone, isChosen } }: { choice: TimeZoneChoice }) {
  const t = await getTranslations("preferences");
  return (
    <Card className="space-y-4">
      <CardHeading text={t("timeZone.text")}>{t("timeZone.title")}</CardHeading>
      <form action={setTimeZone} className="space-y-4">
        <FormField id="time-zone" label={t("timeZone.label")}>
          {(control) => (
            <select
              {...control}
              // Rendered anew with what is chosen now.
              key={`${zone} ${isChosen}`}
              name="zone"
              defaultValue={isChosen ? zone : ""}
              className={inputStyles}
            >
              <option value="">{t("timeZone.browser")}</option>
              {ZONES.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </FormField>
        <Button type="submit">{t("timeZone.save")}</Button>
      </form>
    </Card>
  );
}
