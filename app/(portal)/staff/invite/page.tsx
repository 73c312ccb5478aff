import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { InviteForm } from "./_components/invite-form";

export const generateMetadata = pageTitle("staff.inviteTitle");

export default async function InvitePage() {
  await requireStaff("staff:write");
  const t = await getTranslations("staff");
  return (
    <div className="mx-auto max-w-3xl space-y-8">
      <PageHeader
        title={t("inviteTitle")}
        description={t("inviteText")}
        back={{ href: routes.staff.list(), label: t("backToList") }}
      />
      <InviteForm />
    </div>
  );
}
