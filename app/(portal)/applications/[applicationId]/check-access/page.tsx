import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { requireStaff } from "@/lib/auth/require-staff";
import { accessLinkParams } from "@/lib/machine/check-access/access-check.schema";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { CheckAccessForm } from "./_components/check-access-form";

export const generateMetadata = applicationTitle("checkAccess.title");

type CheckAccessPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CheckAccessPage({ params, searchParams }: CheckAccessPageProps) {
  const { staff } = await requireStaff("applications:read");
  const { id, scopes } = await findApplication((await params).applicationId);
  const question = accessLinkParams.parse(await searchParams);
  const t = await getTranslations("checkAccess");
  return (
    <div className="max-w-4xl space-y-6">
      <SectionHeader title={t("title")} description={t("text")} />
      <CheckAccessForm
        key={JSON.stringify([id, question])}
        applicationId={id}
        grantedScopes={scopes}
        question={question}
        role={staff.role}
      />
    </div>
  );
}
