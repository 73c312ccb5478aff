"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { useSay } from "@/components/ui/status-region";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { SortLinks } from "@/lib/list/list-address";
import type { ApplicationRow } from "./application-row.types";
import { type RowActions, RowActionsContext } from "./application-row-menu";
import { applicationsColumns } from "./applications-columns";
import { useStatusChange } from "./use-status-change";

type ApplicationsTableProps = {
  rows: ApplicationRow[];
  sorting: SortLinks;
  hiddenColumns: readonly string[];
  canWrite: boolean;
};

/** One page of the list, with what can be done with one row and with several. */
export function ApplicationsTable({ canWrite, ...table }: ApplicationsTableProps) {
  const t = useTranslations("applications");
  const [announcement, setAnnouncement] = useState("");
  const say = useSay();
  const clearSelection = useRef(() => {});
  const { asked, failure, isBusy, ask, answer } = useStatusChange(({ isActive, count, undo }) => {
    setAnnouncement("");
    say(
      isActive ? t("activated", { count }) : t("deactivated", { count }),
      count > 0 ? { label: t("undo"), run: undo } : undefined,
    );
    clearSelection.current();
  });
  const { part: dialog, failure: loadFailure, load } = useLoadedPart(() => import("./status-change-dialog"));
  const failed = failure ?? loadFailure;

  /** The dialog is loaded while the server counts what the change would touch. */
  function askFor(ids: string[], isActive: boolean) {
    void load();
    ask(ids, isActive);
  }

  const rowActions: RowActions = {
    canWrite,
    copyClientId: async ({ name, clientId }) => {
      const isCopied = await copyText(clientId);
      setAnnouncement(isCopied ? t("clientIdCopied", { name }) : t("copyRefused", { clientId }));
    },
    changeStatus: ({ id, isActive }) => askFor([id], !isActive),
  };

  function bulkActions(chosen: ApplicationRow[], clear: () => void) {
    const change = (isActive: boolean) => {
      clearSelection.current = clear;
      const ids = chosen.map(({ id }) => id);
      askFor(ids, isActive);
    };
    return (
      <>
        <Button aria-disabled={isBusy || undefined} onClick={() => change(false)}>
          {t("deactivate")}
        </Button>
        <Button aria-disabled={isBusy || undefined} onClick={() => change(true)}>
          {t("activate")}
        </Button>
      </>
    );
  }

  return (
    <RowActionsContext value={rowActions}>
      <p role="status" className="text-sm font-medium empty:sr-only">
        {announcement}
      </p>
      {failed !== undefined && <FormFailure error={failed} />}
      <DataTable
        caption={t("title")}
        columns={applicationsColumns}
        getRowId={(row) => row.id}
        {...(canWrite
          ? { selection: { rowLabel: (row: ApplicationRow) => t("select", { name: row.name }), actions: bulkActions } }
          : {})}
        {...table}
      />
      {asked !== undefined && dialog !== undefined && <dialog.StatusChangeDialog asked={asked} onAnswer={answer} />}
    </RowActionsContext>
  );
}
