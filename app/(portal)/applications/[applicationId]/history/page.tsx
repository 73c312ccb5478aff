import Link from "next/link";
import { getNow, getTimeZone, getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { buttonStyles } from "@/components/ui/button";
import { auditLogParams } from "@/lib/audit/log/audit-log.schema";
import { getAuditView } from "@/lib/audit/log/get-audit-view";
import { toInvolved } from "@/lib/audit/log/involved";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import type { AuditLinks } from "../../../audit/_components/audit-address";
import { AuditChoices } from "../../../audit/_components/audit-choices";
import { AuditList } from "../../../audit/_components/audit-list";
import { ExportLinks } from "../../../audit/_components/export-links";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";

type HistoryPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = applicationTitle("historyCard.title");

/** An application does not sign in. */
const KINDS = ["staff", "application", "all"] as const;

/** The audit log of what involves the application: what was changed about it, and what it did. */
export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  await requireStaff("audit:read");
  const { id } = await findApplication((await params).applicationId);
  const { before, after, kind, range, from, to, zone: ofMoments } = auditLogParams.parse(await searchParams);
  const [now, zone, t] = await Promise.all([getNow(), getTimeZone(), getTranslations("historyCard")]);
  const involving = toInvolved({ kind: "application", id });
  const view = await getAuditView({ involving, kind, range, from, to, zone: ofMoments }, { now, zone });
  const links: AuditLinks = ({ involving: _, ...address }) => routes.applications.history(id, address);
  return (
    <div className="space-y-6">
      <SectionHeader title={t("title")}>
        <ExportLinks address={view.address} />
        <Link href={routes.audit.list(view.address)} className={buttonStyles()}>
          {t("inLog")}
        </Link>
      </SectionHeader>
      <AuditChoices address={view.address} links={links} kinds={KINDS} />
      <AuditList view={view} before={before} after={after} links={links} />
    </div>
  );
}
