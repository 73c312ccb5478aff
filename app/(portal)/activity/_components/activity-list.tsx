import { Rows3, SearchX } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { EmptyState } from "@/components/layout/empty-state";
import { NewerOlder } from "@/components/layout/newer-older";
import { buttonStyles } from "@/components/ui/button";
import type { ActivityFilter } from "@/lib/activity/log/activity-log.schema";
import type { ActivityPage, ActivityScope } from "@/lib/activity/log/activity-log.types";
import type { ActivityAddress } from "./activity-address";
import { ActivityTable } from "./activity-table";

type ActivityListProps = {
  page: ActivityPage;
  filter: ActivityFilter;
  /** Where the page begins, as the address says it. */
  place: { before?: string; after?: string };
  scope: ActivityScope;
  address: ActivityAddress;
  /** The id of the request that is looked at. */
  shown: string | undefined;
  isOfAll: boolean;
};

/** A page of requests with the ways on, or why there is none and what to do about it. */
export function ActivityList(props: ActivityListProps) {
  const { page, filter, place, scope, address } = props;
  const t = useTranslations("activity");
  const format = useFormatter();
  const { entries, olderThan, newerThan, lookedUntil } = page;
  const older = olderThan === null ? undefined : address({ ...filter, before: olderThan });
  const newer = newerThan === null ? undefined : address({ ...filter, after: newerThan });
  const isNarrowed = [filter.outcome, filter.status, filter.cause, filter.person, filter.secret].some(
    (value) => value !== undefined,
  );
  const looked = lookedUntil === null ? undefined : t("lookedUntil", { time: format.dateTime(lookedUntil, "moment") });
  return (
    <div className="space-y-4">
      {entries.length > 0 ? (
        <ActivityTable {...props} linkTo={(request) => address({ ...filter, ...place, request })} />
      ) : (
        <EmptyState
          icon={isNarrowed ? <SearchX /> : <Rows3 />}
          title={isNarrowed ? t("noMatchTitle") : t("emptyTitle")}
          text={
            looked ??
            (scope.isNowhere && filter.person !== undefined
              ? t("noPerson", { person: filter.person })
              : isNarrowed
                ? t("noMatchText")
                : t("emptyText"))
          }
        >
          {isNarrowed && (
            <Link href={address({ application: filter.application } as ActivityFilter)} className={buttonStyles()}>
              {t("clear")}
            </Link>
          )}
        </EmptyState>
      )}
      {entries.length > 0 && looked !== undefined && <p className="text-sm text-ink-muted">{looked}</p>}
      <NewerOlder
        newer={newer}
        older={older}
        words={{ pages: t("pages"), newer: t("newer"), older: looked === undefined ? t("older") : t("lookFurther") }}
      />
    </div>
  );
}
