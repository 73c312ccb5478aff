import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { setColumns } from "@/app/preferences/actions";
import { ColumnMenu } from "@/components/data-table/column-menu";
import { FilterMenu } from "@/components/data-table/filter-menu";
import { CheckboxFilter, SelectFilter } from "@/components/data-table/list-filters";
import { ListToolbar } from "@/components/data-table/toolbar/list-toolbar";
import { Disclosure } from "@/components/layout/disclosure";
import {
  APPLICATION_STATUSES,
  applicationList,
  EXPIRING_WITHIN_DAYS,
  type ListApplicationsParams,
  NO_SCOPE,
  UNUSED_FOR_DAYS,
} from "@/lib/applications/listing/application-list.schema";
import { SCOPES } from "@/lib/applications/scopes";
import { EXPORT_FORMATS } from "@/lib/list/export-format";
import { routes } from "@/lib/routes";
import { CALLS_DAYS, HIDEABLE_COLUMNS } from "./application-columns";

type ApplicationToolbarProps = { params: ListApplicationsParams; hiddenColumns: readonly string[] };

const { countFilters, toQuery } = applicationList;

/** Search, filters, columns and export of the list. */
export function ApplicationToolbar({ params, hiddenColumns }: ApplicationToolbarProps) {
  const t = useTranslations("applications");
  const query = toQuery(params);
  return (
    <ListToolbar
      address={routes.applications.list(query)}
      search={{ q: params.q, label: t("search"), placeholder: t("searchHint") }}
      count={countFilters(params)}
    >
      <SelectFilter
        name="status"
        label={t("columns.status")}
        value={params.status}
        any={t("anyStatus")}
        options={APPLICATION_STATUSES.map((value) => ({
          value,
          label: value === "active" ? t("active") : t("inactive"),
        }))}
      />
      <SelectFilter
        name="scope"
        label={t("scope")}
        value={params.scope}
        any={t("anyScope")}
        options={[...SCOPES.map((value) => ({ value, label: value })), { value: NO_SCOPE, label: t("noScopes") }]}
      />
      <FilterMenu count={countFilters(params, ["anyDomain", "expiring", "unused"])}>
        <CheckboxFilter name="anyDomain" label={t("onlyAnyDomain")} isTicked={params.anyDomain} />
        <CheckboxFilter
          name="expiring"
          label={t("onlyExpiring", { days: EXPIRING_WITHIN_DAYS })}
          isTicked={params.expiring}
        />
        <CheckboxFilter name="unused" label={t("onlyUnused", { days: UNUSED_FOR_DAYS })} isTicked={params.unused} />
      </FilterMenu>
      <div className="flex flex-wrap gap-3 sm:ml-auto">
        <Disclosure
          look="button"
          summary={
            <>
              <Download aria-hidden="true" className="size-4" />
              {t("export")}
            </>
          }
        >
          <p className="mb-2 text-sm text-ink-muted">{t("exportHint")}</p>
          {EXPORT_FORMATS.map((format) => (
            <a
              key={format}
              href={routes.applications.export(format, query)}
              download
              className="flex min-h-9 items-center rounded px-2 text-sm font-medium hover:bg-sunken"
            >
              {format === "csv" ? t("exportCsv") : t("exportJson")}
            </a>
          ))}
        </Disclosure>
        <ColumnMenu
          list="applications"
          columns={HIDEABLE_COLUMNS.map((id) => ({ id, label: t(`columns.${id}`, { days: CALLS_DAYS }) }))}
          hidden={hiddenColumns}
          setColumns={setColumns}
        />
      </div>
    </ListToolbar>
  );
}
