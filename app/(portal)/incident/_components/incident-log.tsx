import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import type { PersonDetail } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";
import { HOUR_MS } from "@/lib/time";
import { AuditSentence } from "../../_components/audit-sentence";
import { ClockTime } from "../../activity/_components/clock-time";
import { CopyReport } from "./copy-report";
import { writeReport } from "./write-report";

const EVENTS_SHOWN = 100;

type IncidentLogProps = {
  application: ApplicationDetail | undefined;
  person: PersonDetail | undefined;
  /** Who makes the report. */
  staffName: string;
  now: Date;
};

/** What members of staff did in the last hour, whoever did it, and the same with how things stand as a text to take along. */
export async function IncidentLog({ application, person, staffName, now }: IncidentLogProps) {
  // To the second, as an address of the audit log says it, which the link below shares.
  const since = new Date(Math.floor((now.getTime() - HOUR_MS) / 1000) * 1000);
  const filter = { from: since.toISOString().slice(0, 19) };
  const [{ entries, olderThan }, t] = await Promise.all([
    listAuditEvents(filter, EVENTS_SHOWN),
    getTranslations("incident"),
  ]);
  const hasMore = olderThan !== null;
  const report = await writeReport({ application, person, staffName, since, now, entries, hasMore });
  return (
    <Card aria-labelledby="incident-log" className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <CardHeading id="incident-log" text={t("logText")}>
          {t("log")}
        </CardHeading>
        <div className="flex flex-wrap gap-3">
          <Link href={routes.activity({ application: application?.id, range: "1h" })} className={buttonStyles()}>
            {t("requests")}
          </Link>
          <Link href={routes.audit.list(filter)} className={buttonStyles()}>
            {t("allEvents")}
          </Link>
        </div>
      </div>
      {entries.length === 0 ? (
        <p className="text-ink-muted">{t("logEmpty")}</p>
      ) : (
        <ol className="divide-y divide-line">
          {entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap gap-x-4 gap-y-1 py-2 text-sm">
              <span className="w-28 shrink-0 tabular-nums">
                <ClockTime value={entry.at} now={now} />
              </span>
              <Link
                href={routes.audit.event(entry.id, filter)}
                prefetch={false}
                className="min-w-0 flex-1 basis-56 wrap-anywhere hover:underline"
              >
                <AuditSentence entry={entry} />
              </Link>
            </li>
          ))}
        </ol>
      )}
      {hasMore && <p className="text-sm text-ink-muted">{t("logMore", { count: EVENTS_SHOWN })}</p>}
      <CopyReport
        report={report}
        words={{
          copy: t("copyReport"),
          copied: t("reportCopied"),
          refused: t("reportRefused"),
          show: t("showReport"),
        }}
      />
    </Card>
  );
}
