import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { personList } from "@/lib/people/person.schema";
import { PeopleList } from "./_components/people-list";
import { PeopleToolbar } from "./_components/people-toolbar";
import { PERSON_COLUMNS } from "./_components/person-columns";

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export const generateMetadata = pageTitle("people.title");

export default async function PeoplePage({ searchParams }: { searchParams: SearchParams }) {
  await requireStaff("people:read");
  const params = personList.parse(await searchParams);
  const t = await getTranslations("people");
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")} />
      <PeopleToolbar params={params} />
      <StreamOnNavigation
        fallback={
          <TableSkeleton caption={t("loading")} headers={PERSON_COLUMNS.map((column) => t(`columns.${column}`))} />
        }
      >
        <PeopleList params={params} />
      </StreamOnNavigation>
    </div>
  );
}
