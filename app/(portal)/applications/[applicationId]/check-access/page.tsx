import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { requireStaff } from "@/lib/auth/require-staff";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { CheckAccessForm } from "./_components/check-access-form";

export const generateMetadata = applicationTitle("checkAccess.title");

export default async function CheckAccessPage({ params }: { params: Promise<{ applicationId: string }> }) {
  await requireStaff("applications:read");
  const { id, scopes } = await findApplication((await params).applicationId);
  const t = await getTranslations("checkAccess");
  return (
    <div className="max-w-4xl space-y-6">
      <SectionHeader title={t("title")} description={t("text")} />
      <CheckAccessForm key={id} applicationId={id} grantedScopes={scopes} />
    </div>
  );
}
