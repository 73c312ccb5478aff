import { Plus } from "lucide-react";
import { cookies } from "next/headers";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { ListMemory } from "@/components/data-table/list-memory";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { buttonStyles } from "@/components/ui/button";
import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { requireStaff } from "@/lib/auth/require-staff";
import { columnsCookie, parseHiddenColumns } from "@/lib/list/hidden-columns";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import {
  APPLICATION_COLUMNS,
  CALLS_DAYS,
  HIDDEN_AT_FIRST,
  HIDEABLE_COLUMNS,
} from "./_components/list/application-columns";
import { ApplicationList } from "./_components/list/application-list";
import { ApplicationToolbar } from "./_components/list/application-toolbar";

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export const generateMetadata = pageTitle("applications.title");

export default async function ApplicationsPage({ searchParams }: { searchParams: SearchParams }) {
  const { staff } = await requireStaff("applications:read");
  const params = applicationList.parse(await searchParams);
  const hiddenColumns = parseHiddenColumns(
    (await cookies()).get(columnsCookie("applications"))?.value,
    HIDEABLE_COLUMNS,
    HIDDEN_AT_FIRST,
  );
  const [t, tUnrestricted] = await Promise.all([getTranslations("applications"), getTranslations("unrestrictedList")]);
  const canWrite = isPermitted(staff.role, "applications:write");
  const shown = APPLICATION_COLUMNS.filter((column) => !hiddenColumns.includes(column));
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")}>
        <Link href={routes.unrestrictedList()} className={buttonStyles()}>
          {tUnrestricted("link")}
        </Link>
        {canWrite && (
          <Link href={routes.applications.new()} className={buttonStyles({ variant: "primary" })}>
            <Plus aria-hidden="true" />
            {t("new")}
          </Link>
        )}
      </PageHeader>
      <ListMemory address={routes.applications.list(applicationList.toQuery(params))} />
      <ApplicationToolbar params={params} hiddenColumns={hiddenColumns} />
      <StreamOnNavigation
        fallback={
          <TableSkeleton
            caption={t("loading")}
            headers={shown.map((column) => t(`columns.${column}`, { days: CALLS_DAYS }))}
          />
        }
      >
        <ApplicationList params={params} hiddenColumns={hiddenColumns} canWrite={canWrite} />
      </StreamOnNavigation>
    </div>
  );
}
