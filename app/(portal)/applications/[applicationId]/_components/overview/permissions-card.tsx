import { useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import type { Delegation } from "@/lib/applications/delegation/delegation.types";
import { DelegationSummary } from "./delegation-summary";

type PermissionsCardProps = { application: ApplicationDetail; delegation: Delegation; canWrite: boolean };

/** What the application may do and for whom, in words. */
export function PermissionsCard({ application, delegation, canWrite }: PermissionsCardProps) {
  const { scopes } = application;
  const t = useTranslations("application");
  const tScopes = useTranslations("scopes");
  return (
    <Card className="space-y-5">
      <CardHeading>{t("permissions")}</CardHeading>
      <div className="space-y-2">
        <h3 className="text-sm font-medium text-ink-muted">{t("scopes")}</h3>
        {scopes.length === 0 ? (
          <Notice>{t("noScopes")}</Notice>
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
      <DelegationSummary applicationId={application.id} delegation={delegation} canWrite={canWrite} />
    </Card>
  );
}
