import { SearchX, Users } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { TablePagination } from "@/components/data-table/table-pagination";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { listPeople } from "@/lib/people/list-people";
import { type ListPeopleParams, personList } from "@/lib/people/person.schema";
import { routes } from "@/lib/routes";
import { PeopleTable } from "./people-table";

const { change, isFiltered, sortLinks, toQuery, withoutFilters } = personList;

/** What was found: a page of people, or why there is none and what to do about it. */
export async function PeopleList({ params }: { params: ListPeopleParams }) {
  const [{ rows, ...result }, now, t] = await Promise.all([listPeople(params), getNow(), getTranslations("people")]);
  if (result.rowCount === 0 && !isFiltered(params)) {
    return <EmptyState icon={<Users />} title={t("emptyTitle")} text={t("emptyText")} />;
  }
  if (result.rowCount === 0) {
    return (
      <EmptyState icon={<SearchX />} title={t("noMatchTitle")} text={t("noMatchText")}>
        <Link href={routes.people.list(toQuery(withoutFilters(params)))} className={buttonStyles()}>
          {t("clearSearch")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      </p>
      <PeopleTable
        rows={rows.map((row) => ({ ...row, shownAt: now }))}
        sorting={sortLinks(params, routes.people.list)}
      />
      <TablePagination
        result={result}
        perPage={params.perPage}
        linkTo={(page) => routes.people.list(toQuery(change(params, { page })))}
      />
    </div>
  );
}
