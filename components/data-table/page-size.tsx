"use client";

import { useTranslations } from "next-intl";
import { PAGE_SIZES, type PageSize as Size } from "@/lib/list/list-address";
import { SelectFilter } from "./list-filters";

/** How many rows a page has. It belongs to the list's form, wherever it stands. */
export function PageSize({ value }: { value: Size }) {
  const t = useTranslations("list");
  return (
    <SelectFilter
      name="perPage"
      label={t("perPage")}
      value={String(value)}
      options={PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }))}
    />
  );
}
