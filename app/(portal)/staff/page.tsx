import { UserPlus } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { buttonStyles } from "@/components/ui/button";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { staffList } from "@/lib/staff/staff.schema";
import { STAFF_COLUMNS } from "./_components/staff-columns";
import { StaffList } from "./_components/staff-list";
import { StaffToolbar } from "./_components/staff-toolbar";

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export const generateMetadata = pageTitle("staff.title");

export default async function StaffPage({ searchParams }: { searchParams: SearchParams }) {
  const { staff } = await requireStaff("staff:read");
  const params = staffList.parse(await searchParams);
  const t = await getTranslations("staff");
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")}>
        {isPermitted(staff.role, "staff:write") && (
          <Link href={routes.staff.invite()} className={buttonStyles({ variant: "primary" })}>
            <UserPlus aria-hidden="true" />
            {t("invite")}
          </Link>
        )}
      </PageHeader>
      <StaffToolbar params={params} />
      <StreamOnNavigation
        fallback={
          <TableSkeleton caption={t("loading")} headers={STAFF_COLUMNS.map((column) => t(`columns.${column}`))} />
        }
      >
        <StaffList params={params} />
      </StreamOnNavigation>
    </div>
  );
}
