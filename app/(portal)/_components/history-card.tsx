import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import type { AuditKind } from "@/lib/audit/log/audit-log.schema";
import { type InvolvedKey, toInvolved } from "@/lib/audit/log/involved";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import { isPermitted, type StaffRole } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { EventTime } from "../audit/_components/event-time";
import { AuditSentence } from "./audit-sentence";

const EVENTS_SHOWN = 5;

type HistoryCardProps = {
  /** Who or what the page is about. */
  involving: InvolvedKey;
  /** Missing: what staff changed. */
  kind?: AuditKind;
  role: StaffRole;
};

/** What happened last that involves whatever a page is about, and the way to all of it. Nothing for who may not read the log. */
export async function HistoryCard({ involving, kind, role }: HistoryCardProps) {
  if (!isPermitted(role, "audit:read")) return null;
  const filter = { involving: toInvolved(involving), kind };
  const [{ entries }, t] = await Promise.all([listAuditEvents(filter, EVENTS_SHOWN), getTranslations("historyCard")]);
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
              <EventTime value={entry.at} hasDay />
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
