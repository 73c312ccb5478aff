import type { Route } from "next";
import type { ReactNode } from "react";
import { ListForm } from "../list-form";
import { ListSearch } from "../list-search";
import { FilterFold } from "./filter-fold";

type ListToolbarProps = {
  /** What the address of the list says now, with its query. */
  address: Route;
  search: { q: string; label: string; placeholder: string };
  /** How many filters are on. */
  count: number;
  /** Filters, which belong to the form by its id, and after them what else is done with a list: columns, export. */
  children: ReactNode;
};

/** Search, filters and tools above a list. */
export function ListToolbar({ address, search, count, children }: ListToolbarProps) {
  return (
    <FilterFold
      count={count}
      beside={
        <div className="min-w-0 flex-1 sm:basis-72">
          <ListForm address={address}>
            <ListSearch {...search} />
          </ListForm>
        </div>
      }
    >
      {children}
    </FilterFold>
  );
}
