import { useTranslations } from "next-intl";
import { ChoiceLinks } from "@/components/layout/choice-links";
import { ACTIVITY_RANGE_NAMES, type ActivityFilter, rangeOf } from "@/lib/activity/log/activity-log.schema";
import type { ActivityAddress } from "./activity-address";

/** How far back to look. */
export function RangeLinks({ filter, address }: { filter: ActivityFilter; address: ActivityAddress }) {
  const t = useTranslations("activity");
  const chosen = rangeOf(filter);
  return (
    <ChoiceLinks
      label={t("range")}
      choices={[
        ...ACTIVITY_RANGE_NAMES.map((range) => ({
          text: t(`ranges.${range}`),
          isChosen: range === chosen,
          href: address({ ...filter, range, from: undefined, to: undefined }),
        })),
        ...(chosen === undefined ? [{ text: t("custom"), isChosen: true }] : []),
      ]}
    />
  );
}
