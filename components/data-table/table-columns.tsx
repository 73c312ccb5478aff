"use client";

import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { createAppColumnHelper } from "./app-table";

type Part<Props> = (props: Props) => ReactNode;

/** Makes the columns of a table in the given order, each with its title and what it shows of a row. */
export function tableColumns<Row extends RowData, Column extends string>(
  columns: readonly Column[],
  Title: Part<{ column: Column }>,
  cells: Record<Column, Part<{ row: Row }>>,
) {
  const helper = createAppColumnHelper<Row>();
  return columns.map((column) => {
    const Cell: Part<{ row: Row }> = cells[column];
    return helper.display({
      id: column,
      header: () => <Title column={column} />,
      cell: ({ row }) => <Cell row={row.original} />,
    });
  });
}
