import { getTranslations } from "next-intl/server";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import { secretStateAt } from "@/lib/applications/secrets/secret-use";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import type { Suspects } from "@/lib/search/incident/find-suspects";
import type { IncidentParams } from "@/lib/search/incident/incident.schema";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CallsPreview } from "../../_components/calls-preview";
import { ApplicationStatus } from "../../applications/_components/application-status";
import { ColumnSubject, IncidentColumn, Unchosen } from "./incident-column";
import { StopApplication } from "./stop-control";

type ApplicationColumnProps = {
  /** Null when it is gone, undefined when none is chosen. */
  application: ApplicationDetail | null | undefined;
  suspects: Suspects;
  params: IncidentParams;
  role: StaffRole;
  now: Date;
};

/** One application: whether it gets tokens, what it did lately, and the button that ends both. */
export async function ApplicationColumn({ application, suspects, params, role, now }: ApplicationColumnProps) {
  const t = await getTranslations("incident");
  const { q } = params;
  return (
    <IncidentColumn id="incident-application" title={t("application")}>
      {application ? (
        <Chosen application={application} canWrite={isPermitted(role, "applications:write")} now={now} />
      ) : (
        <Unchosen
          isGone={application === null}
          suspects={suspects}
          none={q === undefined ? t("none") : t("noneFound", { q })}
          linkTo={(id) => routes.incident({ ...params, application: id })}
        />
      )}
    </IncidentColumn>
  );
}

type ChosenProps = { application: ApplicationDetail; canWrite: boolean; now: Date };

function isLiveAt(secret: ApplicationDetail["secrets"][number], now: Date): boolean {
  const state = secretStateAt(secret, now);
  return state === "live" || state === "scheduled";
}

async function Chosen({ application: { id, name, clientId, isActive, secrets }, canWrite, now }: ChosenProps) {
  const [calls, t] = await Promise.all([countRecentCalls({ applicationId: id }, now), getTranslations("incident")]);
  const live = secrets.filter((secret) => isLiveAt(secret, now)).length;
  return (
    <>
      <ColumnSubject
        name={name}
        detail={<code className="font-mono text-xs">{clientId}</code>}
        href={routes.applications.detail(id)}
        state={<ApplicationStatus isActive={isActive} />}
      />
      <p className="text-sm">{isActive ? t("applicationStops", { secrets: live }) : t("applicationStopped")}</p>
      <CallsPreview calls={calls} now={now} />
      {canWrite && (
        <StopApplication
          key={id}
          applicationId={id}
          isActive={isActive}
          words={{
            label: isActive ? t("deactivateApplication", { name }) : t("activateApplication", { name }),
            said: isActive ? t("applicationDeactivated", { name }) : t("applicationActivated", { name }),
            title: t("activateApplicationTitle"),
            text: t("activateApplicationText"),
            leave: t("leaveDeactivated"),
          }}
        />
      )}
    </>
  );
}
