import { ScrollText, SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { findActivity } from "@/lib/activity/find-activity";
import { kindOf, withKind } from "@/lib/audit/log/audit-log.schema";
import type { AuditView } from "@/lib/audit/log/get-audit-view";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import { ActivityNotice } from "./activity-notice";
import type { AuditLinks } from "./audit-address";
import { AuditPaging } from "./audit-paging";
import { AuditTable } from "./audit-table";
import { InvolvedChoices } from "./involved-choices";

type AuditListProps = {
  view: AuditView;
  before: string | undefined;
  after: string | undefined;
  links: AuditLinks;
};

/**
 * A page of the log, or why there is none and what to do about it. Who asks for a request of an application is told
 * how it ended, and not that nothing was found as well: a token or a refusal changes nothing, so the log has no event of it.
 */
export async function AuditList({ view: { address, filter, choices }, before, after, links }: AuditListProps) {
  const [{ entries, olderThan, newerThan }, request, t] = await Promise.all([
    listAuditEvents({ ...filter, before, after }),
    filter.request === undefined ? undefined : findActivity(filter.request),
    getTranslations("audit"),
  ]);
  if (choices !== undefined) return <InvolvedChoices choices={choices} address={address} links={links} />;
  if (request !== undefined && entries.length === 0) return <ActivityNotice entry={request} hasEvents={false} />;
  if (entries.length === 0) {
    const isAll = kindOf(address) === "all";
    const isWhole = isAll && Object.entries(address).every(([name, value]) => name === "kind" || value === undefined);
    if (isWhole) return <EmptyState icon={<ScrollText />} title={t("emptyTitle")} text={t("emptyText")} />;
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("noMatchTitle")}
        text={isAll ? t("noMatchText") : t("noMatchOfKind", { kind: t(`kinds.${kindOf(address)}`) })}
      >
        <Link href={isAll ? links({}) : links(withKind(address, "all"))} scroll={false} className={buttonStyles()}>
          {isAll ? t("clear") : t("everyKind")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      {request !== undefined && <ActivityNotice entry={request} hasEvents />}
      <AuditTable entries={entries} address={address} />
      <AuditPaging
        newer={newerThan === null ? undefined : links({ ...address, after: newerThan })}
        older={olderThan === null ? undefined : links({ ...address, before: olderThan })}
      />
    </div>
  );
}
