import { useTranslations } from "next-intl";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import type { DomainReach } from "@/lib/applications/delegation/delegation.types";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { ChangeDomainsControl } from "./change-domains-control";

type DomainsCardProps = { applicationId: string; name: string; domains: DomainReach[]; canWrite: boolean };

/** The domains with the people they reach, and the form that changes them. */
export function DomainsCard({ applicationId, name, domains, canWrite }: DomainsCardProps) {
  const t = useTranslations("delegation");
  return (
    <Card className="space-y-5">
      <CardHeading>{t("domains")}</CardHeading>
      <CardRows empty={t("anyDomain")}>
        {domains.map(({ domain, people }) => (
          <li key={domain} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="font-mono text-sm wrap-anywhere">{spellDomain(domain)}</span>
            <span className="text-sm text-ink-muted">
              {people.hasMore
                ? t("knownPeopleMore", { count: people.count })
                : t("knownPeople", { count: people.count })}
            </span>
          </li>
        ))}
      </CardRows>
      {canWrite && (
        <ChangeDomainsControl applicationId={applicationId} name={name} domains={domains.map(({ domain }) => domain)} />
      )}
    </Card>
  );
}
