import { useTranslations } from "next-intl";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { ListSearch } from "@/components/data-table/list-search";
import { LIST_DEFAULTS, orderOf } from "@/lib/list/list-params";
import { type ListPeopleParams, PERSON_DELEGATIONS, PERSON_STATUSES, personList } from "@/lib/people/person.schema";
import { routes } from "@/lib/routes";

/** Search and filters of the list. */
export function PeopleToolbar({ params }: { params: ListPeopleParams }) {
  const t = useTranslations("people");
  const query = personList.toQuery(params);
  return (
    <ListForm
      address={routes.people.list()}
      current={routes.people.list(query)}
      defaults={LIST_DEFAULTS}
      hidden={orderOf(query)}
    >
      <div className="flex flex-wrap gap-3">
        <ListSearch q={params.q} label={t("search")} placeholder={t("searchHint")} />
        <SelectFilter
          name="status"
          label={t("status")}
          value={params.status}
          options={[
            { value: "", label: t("anyStatus") },
            ...PERSON_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
        />
        <SelectFilter
          name="delegation"
          label={t("delegation")}
          value={params.delegation}
          options={[
            { value: "", label: t("anyDelegation") },
            ...PERSON_DELEGATIONS.map((value) => ({ value, label: t(`delegations.${value}`) })),
          ]}
        />
      </div>
    </ListForm>
  );
}
