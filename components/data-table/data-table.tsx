"use client";

import type { ColumnDef, RowData } from "@tanstack/react-table";
import { cn } from "@/lib/cn";
import { useAppTable } from "./app-table";
import { TableFrame, tableStyles } from "./table-frame";

type DataTableProps<Row extends RowData> = {
  /** Names the table for people who do not see it, and the region it scrolls in when the screen is narrow. */
  caption: string;
  // biome-ignore lint/complexity/noBannedTypes: the library's own word for "no features"
  columns: ColumnDef<{}, Row, unknown>[];
  rows: Row[];
  getRowId(row: Row): string;
};

/** A table of rows that are already filtered, ordered and cut into pages. The first column names the row. */
export function DataTable<Row extends RowData>({ caption, columns, rows, getRowId }: DataTableProps<Row>) {
  const table = useAppTable({ columns, data: rows, getRowId });
  return (
    <TableFrame caption={caption}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col" className={tableStyles.header}>
                <table.FlexRender header={header} />
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} className={cn(tableStyles.row, "hover:bg-sunken")}>
            {row.getAllCells().map((cell, index) =>
              index === 0 ? (
                <th key={cell.id} scope="row" className={cn(tableStyles.cell, "text-left font-normal")}>
                  <table.FlexRender cell={cell} />
                </th>
              ) : (
                <td key={cell.id} className={tableStyles.cell}>
                  <table.FlexRender cell={cell} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
