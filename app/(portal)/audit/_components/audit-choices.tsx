import { useTranslations } from "next-intl";
import { ChoiceLinks } from "@/components/layout/choice-links";
import {
  AUDIT_KINDS,
  AUDIT_RANGE_NAMES,
  type AuditAddress,
  type AuditKind,
  kindOf,
  rangeOf,
  withKind,
} from "@/lib/audit/log/audit-log.schema";
import type { AuditLinks } from "./audit-address";

type AuditChoicesProps = {
  address: AuditAddress;
  links: AuditLinks;
  /** Those there can be. */
  kinds?: readonly AuditKind[];
};

/** Which days are shown, and which kind of events: what nearly everybody narrows the log to. */
export function AuditChoices({ address, links, kinds = AUDIT_KINDS }: AuditChoicesProps) {
  const t = useTranslations("audit");
  const chosen = rangeOf(address);
  const isCustom = address.from !== undefined || address.to !== undefined;
  const always = { ...address, from: undefined, to: undefined, zone: undefined };
  return (
    <div className="flex flex-wrap gap-3">
      <ChoiceLinks
        label={t("range")}
        choices={[
          ...AUDIT_RANGE_NAMES.map((range) => ({
            text: t(`ranges.${range}`),
            isChosen: range === chosen,
            href: links({ ...always, range }),
          })),
          {
            text: t("ranges.all"),
            isChosen: chosen === undefined && !isCustom,
            href: links({ ...always, range: undefined }),
          },
          ...(isCustom ? [{ text: t("ranges.custom"), isChosen: true }] : []),
        ]}
      />
      <ChoiceLinks
        label={t("kind")}
        choices={kinds.map((kind) => ({
          text: t(`kinds.${kind}`),
          isChosen: kind === kindOf(address),
          href: links(withKind(address, kind)),
        }))}
      />
    </div>
  );
}
