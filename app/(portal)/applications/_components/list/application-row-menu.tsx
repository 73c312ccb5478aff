"use client";

import { AppWindow, Copy, KeyRound, Pencil, Power } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, use } from "react";
import { RowMenu, RowMenuItem, RowMenuLink } from "@/components/data-table/row-menu";
import type { ApplicationSummary } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";

export type RowActions = {
  canWrite: boolean;
  copyClientId(application: ApplicationSummary): void;
  changeStatus(application: ApplicationSummary): void;
};

/** What the menus of the rows do. The columns are the same for every table, so it does not come with them. */
export const RowActionsContext = createContext<RowActions>({
  canWrite: false,
  copyClientId() {},
  changeStatus() {},
});

/** What can be done with one application without opening it. */
export function ApplicationRowMenu({ row: application }: { row: ApplicationSummary }) {
  const t = useTranslations("applications");
  const { canWrite, copyClientId, changeStatus } = use(RowActionsContext);
  const { id, name, isActive } = application;
  return (
    <RowMenu label={t("actionsFor", { name })}>
      <RowMenuLink href={routes.applications.detail(id)}>
        <AppWindow aria-hidden="true" />
        {t("open")}
      </RowMenuLink>
      {canWrite && (
        <RowMenuLink href={routes.applications.edit(id)}>
          <Pencil aria-hidden="true" />
          {t("edit")}
        </RowMenuLink>
      )}
      <RowMenuLink href={routes.applications.authentication(id)}>
        <KeyRound aria-hidden="true" />
        {t("authentication")}
      </RowMenuLink>
      <RowMenuItem onSelect={() => copyClientId(application)}>
        <Copy aria-hidden="true" />
        {t("copyClientId")}
      </RowMenuItem>
      {canWrite && (
        <RowMenuItem onSelect={() => changeStatus(application)}>
          <Power aria-hidden="true" />
          {isActive ? t("deactivate") : t("activate")}
        </RowMenuItem>
      )}
    </RowMenu>
  );
}
