import { AppWindow, CircleCheck } from "lucide-react";
import Link from "next/link";
import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { getAttention } from "@/lib/applications/attention/get-attention";
import { EXPIRING_WITHIN_DAYS, UNUSED_FOR_DAYS } from "@/lib/applications/listing/application-list.schema";
import { routes } from "@/lib/routes";
import { listRefusedApplications } from "@/lib/usage/list-refused-applications";
import { FindingCard, FindingRow } from "./finding-card";

const REFUSED_SHOWN = 5;
/** What the log of requests is narrowed to by whoever comes from here. */
const REFUSED_LATELY = { outcome: "refused", range: "24h" };

/** Answers whether anything is wrong: what needs a look, the most urgent first, or that nothing does. */
export async function HomeReport({ canWrite }: { canWrite: boolean }) {
  const now = await getNow();
  const [attention, refused, format, t, tCauses] = await Promise.all([
    getAttention(now),
    listRefusedApplications(REFUSED_SHOWN, now),
    getFormatter(),
    getTranslations("home"),
    getTranslations("refusalCauses"),
  ]);
  const { applications, endingSecrets, unrestricted, unused } = attention;
  if (applications.count === 0) return <FirstRun canWrite={canWrite} />;
  const isCalm = [endingSecrets, refused, unrestricted, unused].every(({ count }) => count === 0);
  return (
    <>
      {isCalm && (
        <div className="flex items-start gap-4 rounded-lg border border-line bg-surface p-6">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-success" />
          <div>
            <p className="text-lg font-semibold">{t("calmTitle")}</p>
            <p className="text-ink-muted">
              {applications.hasMore
                ? t("calmTextMore", { applications: applications.count })
                : t("calmText", { applications: applications.count })}
            </p>
          </div>
        </div>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <FindingCard
          id="ending"
          title={t("ending")}
          text={t("endingText", { days: EXPIRING_WITHIN_DAYS })}
          found={endingSecrets}
          none={t("endingNone", { days: EXPIRING_WITHIN_DAYS })}
        >
          {endingSecrets.rows.map(({ applicationId, name, hint, label, endsAt, hasSuccessor }) => (
            <FindingRow key={`${applicationId} ${hint}`} href={routes.applications.detail(applicationId)} name={name}>
              {t("endsAt", { secret: label ?? `…${hint}`, time: format.relativeTime(endsAt, now) })}
              {!hasSuccessor && <strong className="block font-semibold text-danger">{t("noSuccessor")}</strong>}
            </FindingRow>
          ))}
        </FindingCard>
        <FindingCard
          id="refused"
          title={t("refused")}
          text={t("refusedText")}
          found={{ count: refused.count, hasMore: false }}
          none={t("refusedNone")}
          all={routes.activity(REFUSED_LATELY)}
        >
          {refused.rows.map(({ id, name, refused: calls, kind, reason }) => (
            <FindingRow key={id} href={routes.applications.activity(id, REFUSED_LATELY)} name={name}>
              {t("refusedCalls", { calls, cause: tCauses(`titles.${toRefusalCause(kind, reason)}`) })}
            </FindingRow>
          ))}
        </FindingCard>
        <FindingCard
          id="unrestricted"
          title={t("unrestricted")}
          text={t("unrestrictedText")}
          found={unrestricted}
          none={t("unrestrictedNone")}
          all={routes.unrestrictedList()}
        >
          {unrestricted.rows.map(({ id, name }) => (
            <FindingRow key={id} href={routes.applications.delegation(id)} name={name} />
          ))}
        </FindingCard>
        <FindingCard
          id="unused"
          title={t("unused")}
          text={t("unusedText", { days: UNUSED_FOR_DAYS })}
          found={unused}
          none={t("unusedNone", { days: UNUSED_FOR_DAYS })}
          all={routes.applications.list({ status: "active", sort: "lastUsed", dir: "asc" })}
        >
          {unused.rows.map(({ id, name, lastUsedAt }) => (
            <FindingRow key={id} href={routes.applications.detail(id)} name={name}>
              {lastUsedAt === null
                ? t("neverUsed")
                : t.rich("lastUsed", { time: () => <RelativeTime value={lastUsedAt} now={now} /> })}
            </FindingRow>
          ))}
        </FindingCard>
      </div>
    </>
  );
}

async function FirstRun({ canWrite }: { canWrite: boolean }) {
  const t = await getTranslations("home");
  return (
    <EmptyState icon={<AppWindow />} title={t("firstTitle")} text={t("firstText")}>
      {canWrite ? (
        <Link href={routes.applications.new()} className={buttonStyles({ variant: "primary" })}>
          {t("createFirst")}
        </Link>
      ) : (
        <Notice>{t("askManager")}</Notice>
      )}
    </EmptyState>
  );
}
