import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { personList } from "@/lib/people/person.schema";
import { PeopleList } from "./_components/people-list";
import { PeopleSkeleton } from "./_components/people-skeleton";
import { PeopleToolbar } from "./_components/people-toolbar";

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
      <StreamOnNavigation fallback={<PeopleSkeleton />}>
        <PeopleList params={params} />
      </StreamOnNavigation>
    </div>
  );
}
