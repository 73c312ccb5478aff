import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { auditFilterSchema } from "@/lib/audit/log/audit-log.schema";
import { getAuditEvent } from "@/lib/audit/log/get-audit-event";
import { requireStaff } from "@/lib/auth/require-staff";
import { AppError } from "@/lib/errors/app-error";
import { routes } from "@/lib/routes";
import { AuditSentence } from "../../_components/audit-sentence";
import { ChangesCard } from "./_components/changes-card";
import { FactsCard } from "./_components/facts-card";

type AuditEventPageProps = {
  params: Promise<{ eventId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const findEvent = cache(async (eventId: string) => {
  try {
    return await getAuditEvent(eventId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auditEvent");
  return { title: t("title") };
}

export default async function AuditEventPage({ params, searchParams }: AuditEventPageProps) {
  await requireStaff("audit:read");
  const [entry, search, t] = await Promise.all([
    findEvent((await params).eventId),
    searchParams,
    getTranslations("auditEvent"),
  ]);
  const back = routes.audit.list(auditFilterSchema.parse(search));
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
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <FactsCard entry={entry} />
        <ChangesCard changes={entry.changes} />
      </div>
    </div>
  );
}
