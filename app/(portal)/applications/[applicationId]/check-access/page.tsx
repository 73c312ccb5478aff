import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { findApplication } from "../_components/find-application";
import { CheckAccessForm } from "./_components/check-access-form";

export const generateMetadata = pageTitle("checkAccess.title");

export default async function CheckAccessPage({ params }: { params: Promise<{ applicationId: string }> }) {
  await requireStaff("applications:read");
  const { id, name, scopes } = await findApplication((await params).applicationId);
  const t = await getTranslations("checkAccess");
  return (
    <div className="mx-auto max-w-4xl space-y-6">
      <PageHeader
        title={t("title")}
        description={name}
        back={{ href: routes.applications.detail(id), label: t("backToApplication") }}
      />
      <p className="text-ink-muted">{t("text")}</p>
      <CheckAccessForm key={id} applicationId={id} grantedScopes={scopes} />
    </div>
  );
}
