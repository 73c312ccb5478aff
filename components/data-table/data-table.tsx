"use client";

import type { ColumnDef, RowData, RowSelectionState } from "@tanstack/react-table";
import { type ReactNode, useState } from "react";
import { cn } from "@/lib/cn";
import type { SortLinks } from "@/lib/list/list-address";
import { type AppTableFeatures, useAppTable } from "./app-table";
import { SelectAll, SelectionBar, SelectRow } from "./row-selection";
import { SortLink } from "./sort-link";
import { TableFrame, tableStyles } from "./table-frame";

type DataTableProps<Row extends RowData> = {
  /** Names the table for people who do not see it, and the region it scrolls in when the screen is narrow. */
  caption: string;
  columns: ColumnDef<AppTableFeatures, Row, unknown>[];
  rows: Row[];
  getRowId(row: Row): string;
  /** By column id. A column without a link does not sort. */
  sorting?: SortLinks;
  hiddenColumns?: readonly string[];
  /** Lets rows be chosen, for what `actions` does with all of them. Only rows that are shown can be chosen. */
  selection?: {
    /** Names a row for its checkbox: "Select Calendar". */
    rowLabel(row: Row): string;
    actions(rows: Row[], clear: () => void): ReactNode;
  };
};

/** The column of what can be done with a row: it stays at the edge of the table, and a click in it opens no row. */
const ACTIONS_COLUMN = "actions";

/** A table of rows that are already filtered, ordered and cut into pages. The first column names the row. */
export function DataTable<Row extends RowData>({
  caption,
  columns,
  rows,
  getRowId,
  sorting = {},
  hiddenColumns = [],
  selection,
}: DataTableProps<Row>) {
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const table = useAppTable({
    columns,
    data: rows,
    getRowId,
    state: { rowSelection, columnVisibility: Object.fromEntries(hiddenColumns.map((column) => [column, false])) },
    onRowSelectionChange: setRowSelection,
  });
  // Rows chosen on a page that is no longer shown do not count: nobody sees them.
  const chosen = table.getRowModel().rows.filter((row) => row.getIsSelected());
  return (
    <div className="space-y-3">
      <TableFrame caption={caption}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection !== undefined && (
                <th scope="col" className={tableStyles.choice}>
                  <SelectAll
                    isAll={table.getIsAllPageRowsSelected()}
                    isSome={chosen.length > 0}
                    onChange={(isChosen) => table.toggleAllPageRowsSelected(isChosen)}
                  />
                </th>
              )}
              {group.headers.map((header) => {
                const link = sorting[header.column.id];
                const direction = link?.direction && (link.direction === "asc" ? "ascending" : "descending");
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={direction}
                    className={cn(tableStyles.header, header.column.id === ACTIONS_COLUMN && tableStyles.pinned)}
                  >
                    {link === undefined ? (
                      <table.FlexRender header={header} />
                    ) : (
                      <SortLink {...link}>
                        <table.FlexRender header={header} />
                      </SortLink>
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className={row.getIsSelected() ? tableStyles.chosenRow : tableStyles.row}>
              {selection !== undefined && (
                <td className={tableStyles.choice} data-row-control>
                  <SelectRow
                    label={selection.rowLabel(row.original)}
                    isChosen={row.getIsSelected()}
                    onChange={(isChosen) => row.toggleSelected(isChosen)}
                  />
                </td>
              )}
              {row.getVisibleCells().map((cell, index) =>
                index === 0 ? (
                  <th key={cell.id} scope="row" className={cn(tableStyles.lowCell, "text-left font-normal")}>
                    <table.FlexRender cell={cell} />
                  </th>
                ) : cell.column.id === ACTIONS_COLUMN ? (
                  <td key={cell.id} className={cn(tableStyles.lowCell, tableStyles.pinned)} data-row-control>
                    <table.FlexRender cell={cell} />
                  </td>
                ) : (
                  <td key={cell.id} className={tableStyles.lowCell}>
                    <table.FlexRender cell={cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </TableFrame>
      {selection !== undefined && (
        <SelectionBar count={chosen.length} clear={() => setRowSelection({})}>
          {selection.actions(
            chosen.map((row) => row.original),
            () => setRowSelection({}),
          )}
        </SelectionBar>
      )}
    </div>
  );
}
