import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { ReadOnlyNotice } from "../_components/read-only-notice";
import { CreateApplicationForm } from "./_components/create-application-form";

export const generateMetadata = pageTitle("applicationForm.newTitle");

export default async function NewApplicationPage() {
  const { staff } = await requireStaff("applications:read");
  const t = await getTranslations("applicationForm");
  return (
    <div className="mx-auto max-w-3xl space-y-8">
      <PageHeader
        title={t("newTitle")}
        description={t("newDescription")}
        back={{ href: routes.applications.list(), label: t("backToList") }}
      />
      {isPermitted(staff.role, "applications:write") ? <CreateApplicationForm /> : <ReadOnlyNotice />}
    </div>
  );
}
