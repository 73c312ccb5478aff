import Link from "next/link";
import { useTranslations } from "next-intl";
import { FilterMenu } from "@/components/data-table/filter-menu";
import { SelectFilter, TextFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { FilterFold } from "@/components/data-table/toolbar/filter-fold";
import { SubmitWithoutScripts } from "@/components/data-table/toolbar/submit-without-scripts";
import { buttonStyles } from "@/components/ui/button";
import type { CredentialName } from "@/lib/activity/activity.types";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { type ActivityFilter, rangeOf } from "@/lib/activity/log/activity-log.schema";
import type { ActivityScope } from "@/lib/activity/log/activity-log.types";
import { REFUSAL_CAUSES } from "@/lib/activity/refusal-cause.types";
import type { ActivityAddress } from "./activity-address";
import { RangeLinks } from "./range-links";

/** The statuses that requests end in. Another one can stand in the address. */
const STATUSES = [
  "200",
  "201",
  "204",
  "400",
  "401",
  "403",
  "404",
  "409",
  "412",
  "413",
  "415",
  "422",
  "429",
  "500",
  "503",
];

type ActivityToolbarProps = {
  filter: ActivityFilter;
  scope: ActivityScope;
  address: ActivityAddress;
  /** Secrets and keys to choose from, where it is known whose. */
  credentials: readonly CredentialName[];
  /** Applications to choose from, where it is not known which. */
  applications: readonly { id: string; name: string }[] | undefined;
};

/** What the log is narrowed to. The time has links of its own, because one of them replaces another. */
export function ActivityToolbar({ filter, scope, address, credentials, applications }: ActivityToolbarProps) {
  const t = useTranslations("activity");
  const tCauses = useTranslations("refusalCauses");
  const { from, to, range, ...narrowed } = filter;
  const isOfAll = applications !== undefined;
  const everything = address({ ...(isOfAll ? {} : { application: filter.application }) } as ActivityFilter);
  const on = Object.entries({ ...narrowed, time: from ?? to }).filter(
    ([name, value]) => value !== undefined && (isOfAll || name !== "application"),
  ).length;
  const person = scope.person?.email ?? filter.person ?? "";
  const rare = [filter.status, filter.secret, from ?? to].filter((value) => value !== undefined).length;
  return (
    <ListForm address={address(filter)}>
      <FilterFold
        count={on}
        beside={
          <div className="flex-1 sm:flex-none sm:basis-full">
            <RangeLinks filter={filter} address={address} />
          </div>
        }
      >
        <SelectFilter
          name="outcome"
          label={t("outcome")}
          value={filter.outcome ?? ""}
          any={t("anyOutcome")}
          options={CALL_RESULTS.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        />
        {isOfAll && (
          <div className="max-w-72">
            <SelectFilter
              name="application"
              label={t("application")}
              value={filter.application ?? ""}
              any={t("anyApplication")}
              options={withChosen(applications, scope, t("goneApplication"))}
            />
          </div>
        )}
        <div className="max-w-72">
          <SelectFilter
            name="cause"
            label={t("cause")}
            value={filter.cause ?? ""}
            any={t("anyCause")}
            options={REFUSAL_CAUSES.map((value) => ({ value, label: tCauses(`titles.${value}`) }))}
          />
        </div>
        <TextFilter
          name="person"
          label={t("person")}
          value={person}
          placeholder={t("personHint")}
          inputMode="email"
          maxLength={320}
          isWhole
        />
        <FilterMenu count={rare}>
          <div className="space-y-4">
            <SelectFilter
              name="status"
              label={t("status")}
              value={filter.status ?? ""}
              any={t("anyStatus")}
              options={[...new Set([...STATUSES, ...(filter.status === undefined ? [] : [filter.status])])].map(
                (value) => ({ value, label: value }),
              )}
            />
            {credentials.length > 0 && (
              <SelectFilter
                name="secret"
                label={t("secret")}
                value={filter.secret ?? ""}
                any={t("anySecret")}
                options={credentials.map(({ id, kind, hint }) => ({
                  value: id,
                  label: kind === "secret" ? `…${hint}` : t("key", { kid: hint }),
                }))}
              />
            )}
            <TextFilter name="from" label={t("from")} type="datetime-local" value={toField(from, "00:00")} />
            <TextFilter name="to" label={t("to")} type="datetime-local" value={toField(to, "23:59")} />
          </div>
        </FilterMenu>
        <SubmitWithoutScripts />
        {rangeOf(filter) !== undefined && range !== undefined && <input type="hidden" name="range" value={range} />}
        {on > 0 && (
          <Link href={everything} className={buttonStyles({ variant: "ghost" })}>
            {t("clear")}
          </Link>
        )}
      </FilterFold>
    </ListForm>
  );
}

/** A day in the address is a whole day; the field wants a time as well. */
function toField(value: string | undefined, time: string): string {
  return value?.length === 10 ? `${value}T${time}` : (value ?? "");
}

/** A choice that is made must be among the choices, or the form would lose it. */
function withChosen(
  applications: readonly { id: string; name: string }[],
  { application }: ActivityScope,
  gone: string,
): { value: string; label: string }[] {
  const choices = applications.map(({ id, name }) => ({ value: id, label: name }));
  if (application === undefined || choices.some(({ value }) => value === application.id)) return choices;
  return [...choices, { value: application.id, label: application.name ?? gone }];
}
