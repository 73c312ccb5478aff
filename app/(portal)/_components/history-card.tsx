import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditFilter } from "@/lib/audit/log/audit-log.schema";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { AuditSentence } from "./audit-sentence";

const EVENTS_SHOWN = 5;

type HistoryCardProps = {
  /** `{ target: "application:…" }`, `{ target: "room:…" }` and so on. */
  filter: AuditFilter;
  role: StaffRole;
};

/** What happened last to the thing a page is about, and the way to all of it. Nothing for who may not read the log. */
export async function HistoryCard({ filter, role }: HistoryCardProps) {
  if (!isPermitted(role, "audit:read")) return null;
  const [{ entries }, now, t] = await Promise.all([
    listAuditEvents(filter, EVENTS_SHOWN),
    getNow(),
    getTranslations("historyCard"),
  ]);
  return (
    <Card className="space-y-4">
      <CardHeading>{t("title")}</CardHeading>
      {entries.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <ol className="space-y-3">
          {entries.map((entry) => (
            <li key={entry.id} className="border-l-2 border-line pl-3 text-sm">
              <Link href={routes.audit.event(entry.id, filter)} prefetch={false} className="hover:underline">
                <AuditSentence entry={entry} />
              </Link>
              <span className="block text-ink-muted">
                <RelativeTime value={entry.at} now={now} />
              </span>
            </li>
          ))}
        </ol>
      )}
      <Link href={routes.audit.list(filter)} className={buttonStyles()}>
        {t("all")}
      </Link>
    </Card>
  );
}
