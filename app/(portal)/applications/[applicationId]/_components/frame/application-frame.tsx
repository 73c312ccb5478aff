import { getNow, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ListLink } from "@/components/data-table/list-link";
import { CopyField } from "@/components/ui/copy-field";
import { Notice } from "@/components/ui/notice";
import { OpenedByAddress } from "@/components/ui/opened-by-address";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { secretStateAt } from "@/lib/applications/secrets/secret-use";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { ApplicationStatus } from "../../../_components/application-status";
import { findApplication } from "../find-application";
import { ApplicationMenu } from "./application-menu";
import { ApplicationTabs } from "./application-tabs";
import { RotateSecretControl } from "./rotate-secret-control";

type ApplicationFrameProps = { applicationId: string; children: ReactNode };

/**
 * What every page of an application has around it: which one it is, what can be done with it, and the ways to its other
 * pages. It reads the application, so it asks who wants to know, as each page does too.
 */
export async function ApplicationFrame({ applicationId, children }: ApplicationFrameProps) {
  const { staff } = await requireStaff("applications:read");
  const { id, name, clientId, isActive, secrets } = await findApplication(applicationId);
  const [{ keys }, t, tApplication, now] = await Promise.all([
    getClientAuthentication(id),
    getTranslations("applicationFrame"),
    getTranslations("application"),
    getNow(),
  ]);
  const states = secrets.map((secret) => ({ secret, state: secretStateAt(secret, now) }));
  const liveSecrets = states.filter(({ state }) => state === "live" || state === "scheduled");
  const liveKeys = keys.filter(({ revokedAt }) => revokedAt === null);
  const replaceable = states.filter(({ state }) => state === "live").map(({ secret }) => secret);
  return (
    <div className="space-y-6">
      <header className="relative space-y-4">
        <nav aria-label={t("breadcrumb")}>
          <ol className="flex min-w-0 items-center gap-2 text-sm text-ink-muted">
            <li>
              <ListLink
                list={routes.applications.list()}
                className="inline-flex min-h-8 items-center rounded font-medium hover:text-ink hover:underline"
              >
                {t("applications")}
              </ListLink>
            </li>
            <li aria-hidden="true">/</li>
            <li className="min-w-0 truncate">{name}</li>
          </ol>
        </nav>
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div className="min-w-0 space-y-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{name}</h1>
              <ApplicationStatus isActive={isActive} />
            </div>
            <CopyField
              look="line"
              label={tApplication("clientId")}
              value={clientId}
              copyLabel={tApplication("copyClientId")}
            />
          </div>
          <div className="flex flex-wrap gap-3">
            {isPermitted(staff.role, "secrets:write") && (
              <OpenedByAddress name="rotate">
                <RotateSecretControl
                  applicationId={id}
                  secrets={replaceable.map(({ id: secretId, hint, label }) => ({ id: secretId, hint, label }))}
                />
              </OpenedByAddress>
            )}
            <ApplicationMenu application={{ id, name, isActive }} role={staff.role} now={now} />
          </div>
        </div>
        {!isActive && <Notice tone="warning">{tApplication("inactiveText")}</Notice>}
        <ApplicationTabs
          applicationId={id}
          credentialCount={liveSecrets.length + liveKeys.length}
          hasHistory={isPermitted(staff.role, "audit:read")}
        />
      </header>
      {children}
    </div>
  );
}
