import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Delegation } from "@/lib/applications/delegation/delegation.types";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { routes } from "@/lib/routes";

type DelegationSummaryProps = { applicationId: string; delegation: Delegation; canWrite: boolean };

/** For whom the application may act, in short, and the ways to change that and to try it. */
export function DelegationSummary({ applicationId, delegation, canWrite }: DelegationSummaryProps) {
  const t = useTranslations("delegation");
  const { domains, allowed, denied } = delegation;
  return (
    <div className="space-y-3">
      <h3 className="text-sm font-medium text-ink-muted">{t("forWhom")}</h3>
      {domains.length === 0 && allowed.length === 0 && (
        <Notice tone="warning">
          <p className="font-medium">{t("anyone")}</p>
          <p>{t("anyoneText")}</p>
        </Notice>
      )}
      {domains.length > 0 && (
        <>
          <p>{t("onlyDomains")}</p>
          <ul className="flex flex-wrap gap-2">
            {domains.map(({ domain }) => (
              <li key={domain} className="rounded bg-sunken px-2 py-0.5 font-mono text-sm wrap-anywhere">
                {spellDomain(domain)}
              </li>
            ))}
          </ul>
        </>
      )}
      {allowed.length > 0 && <p>{t("onlyListed", { count: allowed.length })}</p>}
      {denied.length > 0 && <p>{t("notListed", { count: denied.length })}</p>}
      <div className="flex flex-wrap gap-2">
        <Link href={routes.applications.delegation(applicationId)} className={buttonStyles()}>
          {canWrite ? t("change") : t("view")}
        </Link>
        <Link href={routes.applications.checkAccess(applicationId)} className={buttonStyles()}>
          {t("checkAccess")}
        </Link>
      </div>
    </div>
  );
}
