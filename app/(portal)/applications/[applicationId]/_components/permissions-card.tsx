import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { ApplicationDetail } from "@/lib/applications/application.types";

/** What the application may do and for whom, in words. */
export function PermissionsCard({ application: { scopes, domains } }: { application: ApplicationDetail }) {
  const t = useTranslations("application");
  const tScopes = useTranslations("scopes");
  return (
    <Card className="space-y-5">
      <h2 className="text-lg font-semibold">{t("permissions")}</h2>
      <div className="space-y-2">
        <h3 className="text-sm font-medium text-ink-muted">{t("scopes")}</h3>
        {scopes.length === 0 ? (
          <Notice>
            <p>{t("noScopes")}</p>
          </Notice>
        ) : (
          <ul className="space-y-2">
            {scopes.map((scope) => (
              <li key={scope} className="flex flex-wrap items-baseline gap-x-3">
                <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm">{scope}</code>
                <span>{tScopes(scope)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="space-y-2">
        <h3 className="text-sm font-medium text-ink-muted">{t("delegation")}</h3>
        {domains.length === 0 ? (
          <Notice tone="warning">
            <p className="font-medium">{t("anyone")}</p>
            <p>{t("anyoneText")}</p>
          </Notice>
        ) : (
          <>
            <p>{t("onlyDomains")}</p>
            <ul className="flex flex-wrap gap-2">
              {domains.map((domain) => (
                <li key={domain} className="rounded bg-sunken px-2 py-0.5 font-mono text-sm break-all">
                  {domain}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  );
}
