import { useTranslations } from "next-intl";
import { ChoiceLinks } from "@/components/layout/choice-links";
import { routes } from "@/lib/routes";
import { USAGE_RANGES, type UsageRange } from "@/lib/usage/usage.schema";

/** How far back to look. */
export function RangeLinks({ applicationId, days }: { applicationId: string; days: UsageRange }) {
  const t = useTranslations("usage");
  return (
    <ChoiceLinks
      label={t("range")}
      choices={USAGE_RANGES.map((range) => ({
        text: t("lastDays", { days: range }),
        isChosen: range === days,
        href: routes.applications.callsByDay(applicationId, range),
      }))}
    />
  );
}
