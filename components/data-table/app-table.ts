"use client";

import { createTableHook, tableFeatures } from "@tanstack/react-table";

/**
 * The one table of the portal. Searching, ordering and paging are the server's, by way of the address: a feature that
 * works on the rows of one page would lie about the rest, so none is switched on.
 */
export const { useAppTable, createAppColumnHelper } = createTableHook({ features: tableFeatures({}) });
