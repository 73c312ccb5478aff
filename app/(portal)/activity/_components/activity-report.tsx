import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import type { z } from "zod";
import { Notice } from "@/components/ui/notice";
import { findActivity } from "@/lib/activity/find-activity";
import { type activityLogParams, toPositionText } from "@/lib/activity/log/activity-log.schema";
import { getActivityScope } from "@/lib/activity/log/get-activity-scope";
import { listActivity } from "@/lib/activity/log/list-activity";
import { listApplicationNames, listCredentialChoices } from "@/lib/activity/log/list-activity-choices";
import { config } from "@/lib/env/config";
import type { StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { listRequestCounts } from "@/lib/usage/list-request-counts";
import { addressOfLog } from "./activity-address";
import { ActivityChart } from "./activity-chart";
import { ActivityList } from "./activity-list";
import { ActivityToolbar } from "./activity-toolbar";
import { RequestPanel } from "./request-panel";

type ActivityReportProps = {
  /** The application whose page this is; all of them without it. */
  applicationId?: string;
  params: z.output<typeof activityLogParams>;
  role: StaffRole;
};

/** What applications did: filters, counts over time, the requests themselves, and the one that is looked at. */
export async function ActivityReport({ applicationId, params, role }: ActivityReportProps) {
  const { before, after, request, ...asked } = params;
  const now = await getNow();
  const { activityRetentionDays: retentionDays, activityWrite } = config();
  const filter = { ...asked, application: applicationId ?? asked.application };
  const scope = await getActivityScope(filter, { now, retentionDays });
  const ofApplication = filter.application ?? scope.credential?.applicationId;
  const [page, periods, found, credentials, applications, t] = await Promise.all([
    listActivity(scope, { before, after }, { now }),
    listRequestCounts(scope),
    request === undefined ? undefined : findActivity(request),
    ofApplication === undefined ? [] : listCredentialChoices(ofApplication),
    applicationId === undefined ? listApplicationNames() : undefined,
    getTranslations("activity"),
  ]);
  const address = addressOfLog(applicationId);
  const place = {
    ...(before === undefined ? {} : { before: toPositionText(before) }),
    ...(after === undefined ? {} : { after: toPositionText(after) }),
  };
  // On the page of an application there is nothing of another one.
  const entry = applicationId === undefined || found?.application?.id === applicationId ? found : undefined;
  return (
    <div className="space-y-6">
      <ActivityToolbar
        filter={filter}
        scope={scope}
        address={address}
        credentials={credentials}
        applications={applications}
      />
      <ActivityChart periods={periods} scope={scope} filter={filter} address={address} />
      <div className={request === undefined ? "" : "grid grid-cols-1 items-start gap-6 xl:grid-cols-[1fr_24rem]"}>
        {request !== undefined && (
          <div className="min-w-0 xl:sticky xl:top-20 xl:order-last">
            <RequestPanel
              key={request}
              requestId={request}
              entry={entry}
              here={address({ ...filter, ...place, request })}
              closeHref={address({ ...filter, ...place })}
              address={address}
              retentionDays={retentionDays}
              role={role}
            />
          </div>
        )}
        <div className="min-w-0">
          <ActivityList
            page={page}
            filter={filter}
            place={place}
            scope={scope}
            address={address}
            shown={request}
            isOfAll={applicationId === undefined}
          />
        </div>
      </div>
      {applicationId !== undefined && (
        <p>
          <Link href={routes.applications.callsByDay(applicationId)} className="link">
            {t("byDay")}
          </Link>
        </p>
      )}
      {activityWrite === "soon" && <Notice>{t("writtenSoon")}</Notice>}
    </div>
  );
}
