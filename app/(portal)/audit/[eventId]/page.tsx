import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { auditAddressSchema } from "@/lib/audit/log/audit-log.schema";
import { getAuditEvent } from "@/lib/audit/log/get-audit-event";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { AuditSentence } from "../../_components/audit-sentence";
import { orNotFound } from "../../_components/or-not-found";
import { ChangesCard } from "./_components/changes-card";
import { FactsCard } from "./_components/facts-card";

type AuditEventPageProps = {
  params: Promise<{ eventId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = pageTitle("auditEvent.title");

export default async function AuditEventPage({ params, searchParams }: AuditEventPageProps) {
  await requireStaff("audit:read");
  const [entry, search, t] = await Promise.all([
    orNotFound(getAuditEvent((await params).eventId)),
    searchParams,
    getTranslations("auditEvent"),
  ]);
  const back = routes.audit.list(auditAddressSchema.parse(search));
  return (
    <div className="space-y-6">
      <PageHeader
        title={t("title")}
        description={
          <p className="text-lg text-ink">
            <AuditSentence entry={entry} />
          </p>
        }
        back={{ href: back, label: t("back") }}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <FactsCard entry={entry} />
        <ChangesCard changes={entry.changes} />
      </div>
    </div>
  );
}
