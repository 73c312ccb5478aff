import { getTranslations } from "next-intl/server";
import { EmailAddress } from "@/components/ui/email-address";
import { config } from "@/lib/env/config";
import { listActingApplications } from "@/lib/people/list-acting-applications";
import type { PersonDetail } from "@/lib/people/person.types";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import type { Suspects } from "@/lib/search/incident/find-suspects";
import type { IncidentParams } from "@/lib/search/incident/incident.schema";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CallsPreview } from "../../_components/calls-preview";
import { PersonState } from "../../people/_components/person-state";
import { ColumnSubject, IncidentColumn, Unchosen } from "./incident-column";
import { StopPerson } from "./stop-control";

type PersonColumnProps = {
  /** Null when nobody has that id, undefined when nobody is chosen. */
  person: PersonDetail | null | undefined;
  suspects: Suspects;
  params: IncidentParams;
  role: StaffRole;
  now: Date;
};

/** One person: what holds applications off them already, what was done for them lately, and the button that ends it. */
export async function PersonColumn({ person, suspects, params, role, now }: PersonColumnProps) {
  const t = await getTranslations("incident");
  const { q } = params;
  return (
    <IncidentColumn id="incident-person" title={t("person")}>
      {person ? (
        <Chosen person={person} canWrite={isPermitted(role, "people:write")} now={now} />
      ) : (
        <Unchosen
          isGone={person === null}
          suspects={suspects}
          none={q === undefined ? t("nobody") : t("nobodyFound", { q })}
          linkTo={(id) => routes.incident({ ...params, person: id })}
        />
      )}
    </IncidentColumn>
  );
}

async function Chosen({ person, canWrite, now }: { person: PersonDetail; canWrite: boolean; now: Date }) {
  const { id, email, displayName, isActive } = person;
  const [calls, applications, t] = await Promise.all([
    countRecentCalls({ personId: id }, now),
    listActingApplications(id, config(), now),
    getTranslations("incident"),
  ]);
  return (
    <>
      <ColumnSubject
        name={displayName ?? <EmailAddress>{email}</EmailAddress>}
        detail={displayName === null ? undefined : <EmailAddress>{email}</EmailAddress>}
        href={routes.people.detail(id)}
        state={<PersonState person={person} />}
      />
      <p className="text-sm">
        {isActive ? t("personStops", { applications: applications.length }) : t("personStopped")}
      </p>
      <CallsPreview calls={calls} now={now} />
      {canWrite && (
        <StopPerson
          key={id}
          personId={id}
          isActive={isActive}
          words={{
            label: isActive ? t("deactivatePerson", { email }) : t("activatePerson", { email }),
            said: isActive ? t("personDeactivated", { email }) : t("personActivated", { email }),
            title: t("activatePersonTitle"),
            text: t("activatePersonText"),
            leave: t("leaveDeactivated"),
          }}
        />
      )}
    </>
  );
}
