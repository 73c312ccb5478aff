import { getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { Notice } from "@/components/ui/notice";
import { getApplication } from "@/lib/applications/get-application";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { getPerson } from "@/lib/people/get-person";
import { isPermitted } from "@/lib/permissions";
import { findSuspects } from "@/lib/search/incident/find-suspects";
import { incidentParams } from "@/lib/search/incident/incident.schema";
import { ApplicationColumn } from "./_components/application-column";
import { EverythingColumn } from "./_components/everything-column";
import { IncidentLog } from "./_components/incident-log";
import { IncidentSearch } from "./_components/incident-search";
import { PersonColumn } from "./_components/person-column";

type IncidentPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = pageTitle("incident.title");

export default async function IncidentPage({ searchParams }: IncidentPageProps) {
  const { staff } = await requireStaff("applications:read");
  const params = incidentParams.parse(await searchParams);
  const { role } = staff;
  const now = await getNow();
  const [suspects, t] = await Promise.all([
    findSuspects(params, { role, now, addresses: config() }),
    getTranslations("incident"),
  ]);
  const { application: suspected, person: suspectedPerson } = suspects;
  const [application, person] = await Promise.all([
    suspected.chosenId === undefined ? undefined : orNull(getApplication(suspected.chosenId)),
    suspectedPerson.chosenId === undefined ? undefined : orNull(getPerson(suspectedPerson.chosenId)),
  ]);
  const { q } = params;
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")} />
      {!isPermitted(role, "applications:write") && <Notice>{t("readOnly")}</Notice>}
      <IncidentSearch
        q={q ?? ""}
        found={
          q === undefined
            ? ""
            : t("found", {
                q,
                applications: suspected.found.length,
                hasMoreApplications: String(suspected.hasMore),
                people: suspectedPerson.found.length,
                hasMorePeople: String(suspectedPerson.hasMore),
              })
        }
        words={{
          label: t("search"),
          hint: t("searchHint"),
          submit: t("find"),
          secretRefused: t("secretRefused"),
        }}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-3">
        <ApplicationColumn application={application} suspects={suspected} params={params} role={role} now={now} />
        <PersonColumn person={person} suspects={suspectedPerson} params={params} role={role} now={now} />
        <EverythingColumn role={role} now={now} />
      </div>
      <IncidentLog
        application={application ?? undefined}
        person={person ?? undefined}
        staffName={staff.name}
        now={now}
      />
    </div>
  );
}

/** What was chosen may be gone since: the page goes on without it. */
async function orNull<Row>(reading: Promise<Row>): Promise<Row | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
