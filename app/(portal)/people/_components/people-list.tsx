import { Users } from "lucide-react";
import { getNow, getTranslations } from "next-intl/server";
import { ListResult } from "@/components/data-table/list-result";
import { EmptyState } from "@/components/layout/empty-state";
import { listPeople } from "@/lib/people/list-people";
import { type ListPeopleParams, personList } from "@/lib/people/person.schema";
import { routes } from "@/lib/routes";
import { PeopleTable } from "./people-table";

/** A page of people, or why there is none. */
export async function PeopleList({ params }: { params: ListPeopleParams }) {
  const [{ rows, ...result }, now, t] = await Promise.all([listPeople(params), getNow(), getTranslations("people")]);
  return (
    <ListResult
      list={personList}
      params={params}
      address={routes.people.list}
      result={result}
      count={result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      empty={<EmptyState icon={<Users />} title={t("emptyTitle")} text={t("emptyText")} />}
      noMatch={{ title: t("noMatchTitle"), text: t("noMatchText"), clear: t("clearSearch") }}
    >
      <PeopleTable
        rows={rows.map((row) => ({ ...row, shownAt: now }))}
        sorting={personList.sortLinks(params, routes.people.list)}
      />
    </ListResult>
  );
}
