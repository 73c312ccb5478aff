import { useTranslations } from "next-intl";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListToolbar } from "@/components/data-table/toolbar/list-toolbar";
import { type ListPeopleParams, PERSON_DELEGATIONS, PERSON_STATUSES, personList } from "@/lib/people/person.schema";
import { routes } from "@/lib/routes";

/** Search and filters of the list. */
export function PeopleToolbar({ params }: { params: ListPeopleParams }) {
  const t = useTranslations("people");
  return (
    <ListToolbar
      address={routes.people.list(personList.toQuery(params))}
      search={{ q: params.q, label: t("search"), placeholder: t("searchHint") }}
      count={personList.countFilters(params)}
    >
      <SelectFilter
        name="status"
        label={t("status")}
        value={params.status}
        any={t("anyStatus")}
        options={PERSON_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      <SelectFilter
        name="delegation"
        label={t("delegation")}
        value={params.delegation}
        any={t("anyDelegation")}
        options={PERSON_DELEGATIONS.map((value) => ({ value, label: t(`delegations.${value}`) }))}
      />
    </ListToolbar>
  );
}
