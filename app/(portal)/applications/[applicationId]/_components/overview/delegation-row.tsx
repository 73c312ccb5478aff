import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Delegation } from "@/lib/applications/delegation/delegation.types";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { routes } from "@/lib/routes";
import { OverviewRow } from "./overview-row";

/** More than these are a number: the page of the delegation has them all. */
const DOMAINS_SHOWN = 3;

type DelegationRowProps = { applicationId: string; delegation: Delegation; canWrite: boolean };

/** For whom the application may act, in short, and the ways to change that and to try it. */
export function DelegationRow({ applicationId, delegation, canWrite }: DelegationRowProps) {
  const t = useTranslations("delegation");
  const { domains, allowed, denied } = delegation;
  return (
    <OverviewRow
      title={t("title")}
      links={
        <Link href={routes.applications.delegation(applicationId)} className="link">
          {canWrite ? t("change") : t("view")}
        </Link>
      }
    >
      {domains.length === 0 && allowed.length === 0 && (
        <Notice tone="warning">
          <p className="font-medium">{t("anyone")}</p>
          <p>{t("anyoneText")}</p>
        </Notice>
      )}
      {domains.length > 0 && <DomainsLine domains={domains} />}
      {allowed.length > 0 && <p>{t("onlyListed", { count: allowed.length })}</p>}
      {denied.length > 0 && <p>{t("notListed", { count: denied.length })}</p>}
    </OverviewRow>
  );
}

function DomainsLine({ domains }: Pick<Delegation, "domains">) {
  const t = useTranslations("delegation");
  const tOverview = useTranslations("applicationOverview");
  const more = domains.length - DOMAINS_SHOWN;
  const known = domains.reduce((sum, { people }) => sum + people.count, 0);
  const hasMore = domains.some(({ people }) => people.hasMore);
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      {domains.slice(0, DOMAINS_SHOWN).map(({ domain }) => (
        <span key={domain} className="rounded bg-sunken px-2 py-0.5 font-mono text-sm wrap-anywhere">
          {spellDomain(domain)}
        </span>
      ))}
      {more > 0 && <span>{tOverview("moreDomains", { count: more })}</span>}
      <span className="text-sm text-ink-muted">
        {hasMore ? t("knownPeopleMore", { count: known }) : t("knownPeople", { count: known })}
      </span>
    </p>
  );
}
