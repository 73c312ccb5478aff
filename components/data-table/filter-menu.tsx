"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/layout/disclosure";

type FilterMenuProps = {
  /** How many of the filters inside are on. */
  count: number;
  children: ReactNode;
};

/** Filters that are used now and then, behind a button that says how many of them are on. */
export function FilterMenu({ count, children }: FilterMenuProps) {
  const t = useTranslations("list");
  return (
    <Disclosure
      look="button"
      align="start"
      summary={
        <>
          <ListFilter aria-hidden="true" className="size-4" />
          {t("filters", { count })}
        </>
      }
    >
      {children}
    </Disclosure>
  );
}
