import { useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import type { DomainReach } from "@/lib/applications/delegation/delegation.types";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { ChangeDomainsControl } from "./change-domains-control";
import { DomainPeople } from "./domain-people";

type DomainsCardProps = {
  applicationId: string;
  name: string;
  domains: DomainReach[];
  canWrite: boolean;
  suggested: string | undefined;
};

/** The domains with the people they reach, and the way to change them. */
export function DomainsCard({ applicationId, name, domains, canWrite, suggested }: DomainsCardProps) {
  const t = useTranslations("delegation");
  const spelt = domains.map((reach) => ({ ...reach, spelling: spellDomain(reach.domain) }));
  const list =
    domains.length === 0 ? (
      <p className="text-ink-muted">{t("anyDomain")}</p>
    ) : (
      // In columns as wide as a domain wants: sixty of them are no page of their own.
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2">
        {spelt.map(({ domain, spelling, people }) => (
          <li key={domain} className="min-w-0 rounded-md border border-line px-3 py-1.5">
            <span className="block font-mono text-sm wrap-anywhere">{spelling}</span>
            <DomainPeople people={people} />
          </li>
        ))}
      </ul>
    );
  return (
    <Card className="space-y-5">
      <CardHeading>{t("domains")}</CardHeading>
      {canWrite ? (
        <ChangeDomainsControl applicationId={applicationId} name={name} domains={spelt} suggested={suggested}>
          {list}
        </ChangeDomainsControl>
      ) : (
        list
      )}
    </Card>
  );
}
