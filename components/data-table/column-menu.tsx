"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/layout/disclosure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

type ColumnMenuProps = {
  /** Names the list in the cookie. */
  list: string;
  /** Those that may be hidden, in the order of the table. */
  columns: readonly { id: string; label: string }[];
  hidden: readonly string[];
  /** The server action that remembers the choice. */
  setColumns(form: FormData): Promise<void>;
};

/** Which columns are shown. The browser remembers it in a cookie, so that the server leaves them out from the start. */
export function ColumnMenu({ list, columns, hidden, setColumns }: ColumnMenuProps) {
  const t = useTranslations("list");
  const isHydrated = useIsHydrated();
  return (
    <Disclosure
      look="button"
      summary={
        <>
          <Columns3 aria-hidden="true" className="size-4" />
          {t("columns")}
        </>
      }
    >
      <form action={setColumns}>
        <input type="hidden" name="list" value={list} />
        <fieldset>
          <legend className="mb-1.5 text-xs font-semibold text-ink-muted">{t("columnsLegend")}</legend>
          {columns.map(({ id, label }) => (
            <label
              key={id}
              className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded px-1 text-sm hover:bg-sunken"
            >
              <input type="hidden" name="column" value={id} />
              <input
                type="checkbox"
                name="shown"
                value={id}
                defaultChecked={!hidden.includes(id)}
                className="size-4 shrink-0"
                onChange={(event) => event.currentTarget.form?.requestSubmit()}
              />
              {label}
            </label>
          ))}
        </fieldset>
        {!isHydrated && (
          <Button type="submit" className="mt-3">
            {t("columnsApply")}
          </Button>
        )}
      </form>
    </Disclosure>
  );
}
