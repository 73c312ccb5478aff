import { useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
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
      {domains.length === 0 ? (
        <p className="text-ink-muted">{t("anyDomain")}</p>
      ) : (
        // In columns as wide as a domain wants: sixty of them are no page of their own.
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2">
          {domains.map(({ domain, people }) => (
            <li key={domain} className="min-w-0 rounded-md border border-line px-3 py-1.5">
              <span className="block font-mono text-sm wrap-anywhere">{spellDomain(domain)}</span>
              <span className="text-xs text-ink-muted">
                {people.hasMore
                  ? t("knownPeopleMore", { count: people.count })
                  : t("knownPeople", { count: people.count })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {canWrite && (
        <ChangeDomainsControl applicationId={applicationId} name={name} domains={domains.map(({ domain }) => domain)} />
      )}
    </Card>
  );
}
