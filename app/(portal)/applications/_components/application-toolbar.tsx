import { useTranslations } from "next-intl";
import { setColumns } from "@/app/preferences/actions";
import { ColumnMenu } from "@/components/data-table/column-menu";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { ListSearch } from "@/components/data-table/list-search";
import {
  APPLICATION_STATUSES,
  applicationList,
  type ListApplicationsParams,
} from "@/lib/applications/application.schema";
import { SCOPES } from "@/lib/applications/scopes";
import { LIST_DEFAULTS, orderOf } from "@/lib/list/list-params";
import { routes } from "@/lib/routes";
import { HIDEABLE_COLUMNS } from "./application-columns";

type ApplicationToolbarProps = { params: ListApplicationsParams; hiddenColumns: readonly string[] };

/** Search, filters and columns of the list. */
export function ApplicationToolbar({ params, hiddenColumns }: ApplicationToolbarProps) {
  const t = useTranslations("applications");
  const query = applicationList.toQuery(params);
  return (
    <div className="flex flex-col items-start gap-3 sm:flex-row">
      <div className="w-full min-w-0 flex-1">
        <ListForm
          address={routes.applications.list()}
          current={routes.applications.list(query)}
          defaults={LIST_DEFAULTS}
          hidden={orderOf(query)}
        >
          <div className="flex flex-wrap gap-3">
            <ListSearch q={params.q} label={t("search")} placeholder={t("searchHint")} />
            <SelectFilter
              name="status"
              label={t("columns.status")}
              value={params.status}
              options={[
                { value: "", label: t("anyStatus") },
                ...APPLICATION_STATUSES.map((value) => ({
                  value,
                  label: value === "active" ? t("active") : t("inactive"),
                })),
              ]}
            />
            <SelectFilter
              name="scope"
              label={t("scope")}
              value={params.scope}
              options={[{ value: "", label: t("anyScope") }, ...SCOPES.map((value) => ({ value, label: value }))]}
            />
          </div>
        </ListForm>
      </div>
      <ColumnMenu
        list="applications"
        columns={HIDEABLE_COLUMNS.map((id) => ({ id, label: t(`columns.${id}`) }))}
        hidden={hiddenColumns}
        setColumns={setColumns}
      />
    </div>
  );
}
