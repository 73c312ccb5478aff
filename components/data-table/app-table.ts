"use client";

import { columnVisibilityFeature, createTableHook, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";

/** Hiding columns and choosing rows: what is right for one page of a list. */
const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

export type AppTableFeatures = typeof features;

/**
 * The one table of the portal. Searching, ordering and paging are the server's, by way of the address: a feature that
 * works on the rows of one page would lie about the rest, so none of those is switched on.
 */
export const { useAppTable, createAppColumnHelper } = createTableHook({ features });
