import { useTranslations } from "next-intl";
import type { Counted } from "@/lib/list/counted";

/** How many people who are known a domain reaches. */
export function DomainPeople({ people: { count, hasMore } }: { people: Counted }) {
  const t = useTranslations("delegation");
  return (
    <span className="text-xs text-ink-muted">
      {hasMore ? t("knownPeopleMore", { count }) : t("knownPeople", { count })}
    </span>
  );
}
