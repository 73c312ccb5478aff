import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { findApplication } from "../_components/find-application";
import { EditApplicationForm } from "./_components/edit-application-form";

export const generateMetadata = pageTitle("applicationForm.editTitle");

export default async function EditApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { staff } = await requireStaff("applications:read");
  const { applicationId } = await params;
  const { name, description, ownerContact, scopes } = await findApplication(applicationId);
  const t = await getTranslations("applicationForm");
  return (
    <div className="mx-auto max-w-3xl space-y-8">
      <PageHeader
        title={t("editTitle")}
        description={name}
        back={{ href: routes.applications.detail(applicationId), label: t("backToApplication") }}
      />
      {isPermitted(staff.role, "applications:write") ? (
        <>
          <Notice>{t("credentialsStay")}</Notice>
          <EditApplicationForm
            key={applicationId}
            applicationId={applicationId}
            defaultValues={{ name, description, ownerContact, scopes }}
          />
        </>
      ) : (
        <ReadOnlyNotice />
      )}
    </div>
  );
}
