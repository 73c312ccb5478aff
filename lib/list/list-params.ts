import type { Route } from "next";
import { z } from "zod";
import { oneLine } from "@/lib/text";
import {
  type ListQuery,
  PAGE_SIZE,
  PAGE_SIZES,
  type PageSize,
  SEARCH_LENGTH_MAX,
  type SortDirection,
  type SortLinks,
} from "./list-address";

const PAGE_MAX = 10_000;

type FilterValue = string | boolean | string[];
type Filters = Record<string, z.ZodType<FilterValue>>;
type Paging = { q: string; dir: SortDirection; page: number; perPage: PageSize };

/** A filter with one value of a list; "" is no filter. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return z
    .unknown()
    .optional()
    .transform((given): Value | "" => values.find((value) => value === given) ?? "");
}

/** A filter with any number of values of a list, in the order of the list; none is no filter. */
export function someOf<const Value extends string>(values: readonly Value[]) {
  return z
    .unknown()
    .optional()
    .transform((given): Value[] => values.filter((value) => [given].flat().includes(value)));
}

/** A filter that is on or off. */
export function ticked() {
  return z
    .unknown()
    .optional()
    .transform((given) => given === "1");
}

/** A filter with a text of one line; "" is no filter. */
export function textFilter(max = SEARCH_LENGTH_MAX) {
  return oneLine(max).catch("");
}

/**
 * Describes what the address of a list may say: `q`, `sort`, `dir`, `page`, `perPage` and the filters of the list.
 * Reading never fails: what is missing, unknown or mistyped is the default, so that a stale bookmark still opens.
 * `sorts` names what can be sorted by, each with the direction people expect first.
 */
export function listParams<
  const Sorts extends Record<string, SortDirection>,
  // biome-ignore lint/complexity/noBannedTypes: a list without filters
  const Shape extends Filters = {},
>(list: { sorts: Sorts; defaultSort: keyof Sorts & string; filters?: Shape }) {
  type Sort = keyof Sorts & string;
  type Values = Paging & { sort: Sort } & { [Name in keyof Shape]: z.output<Shape[Name]> };

  const sortNames = Object.keys(list.sorts);
  const filters: Filters = list.filters ?? {};
  const filterNames = Object.keys(filters);
  const schema = z
    .object({
      ...filters,
      q: textFilter(),
      sort: z.enum(sortNames).catch(list.defaultSort),
      dir: z.enum(["asc", "desc"]).optional().catch(undefined),
      page: z.coerce.number().int().min(1).max(PAGE_MAX).catch(1),
      perPage: z.coerce
        .number()
        .pipe(z.literal([...PAGE_SIZES]))
        .catch(PAGE_SIZE),
    })
    .transform((found) => ({ ...found, dir: found.dir ?? list.sorts[found.sort] ?? "asc" }));

  const parse = (search: unknown) => schema.parse(search) as unknown as Values;
  const defaults = parse({});

  /** Returns `values` with `changes`. Whatever makes another list of it begins at its first page. */
  function change(values: Values, changes: Partial<Values>): Values {
    const changed = Object.keys(changes).some((name) => name !== "page" && !isSame(values, changes, name));
    return { ...values, ...(changed ? { page: 1 } : {}), ...changes };
  }

  /** Returns what has to be written of `values`, so that one state of the list has one address. */
  function toQuery(values: Partial<Values>): ListQuery {
    const all: Values = { ...defaults, dir: list.sorts[values.sort ?? defaults.sort] ?? "asc", ...values };
    const written: ListQuery = {};
    for (const name of ["q", ...filterNames, "sort"]) {
      if (!isSame(all, defaults, name)) written[name] = toText(all[name as keyof Values] as FilterValue);
    }
    if (all.dir !== list.sorts[all.sort]) written.dir = all.dir;
    if (all.perPage !== defaults.perPage) written.perPage = String(all.perPage);
    if (all.page > 1) written.page = String(all.page);
    return written;
  }

  /** Tells whether the list shows less than everything. */
  function isFiltered(values: Values): boolean {
    return ["q", ...filterNames].some((name) => !isSame(values, defaults, name));
  }

  /** How many filters are on, the search not counted. */
  function countFilters(values: Values, names: readonly (keyof Shape & string)[] = filterNames): number {
    return names.filter((name) => !isSame(values, defaults, name)).length;
  }

  /** Returns everything, in the order and the page size of `values`. */
  function withoutFilters(values: Values): Values {
    return { ...defaults, sort: values.sort, dir: values.dir, perPage: values.perPage };
  }

  /** Returns the links of the headers: the column sorted by turns round, another one begins with its first direction. */
  function sortLinks(values: Values, address: (query: ListQuery) => Route): SortLinks {
    return Object.fromEntries(
      sortNames.map((sort) => {
        const direction = values.sort === sort ? values.dir : undefined;
        const first = list.sorts[sort] ?? "asc";
        const dir = direction === undefined ? first : direction === "asc" ? "desc" : "asc";
        const next = change(values, { sort, dir } as Partial<Values>);
        return [sort, { href: address(toQuery({ ...next, page: 1 })), direction }];
      }),
    );
  }

  return { parse, change, toQuery, isFiltered, countFilters, withoutFilters, sortLinks, defaults };
}

/** What the address of a list says, read. */
export type ListParamsOf<List extends { parse(search: unknown): unknown }> = ReturnType<List["parse"]>;

function isSame(one: object, other: object, name: string): boolean {
  const [first, second] = [one, other].map((values) => (values as Record<string, unknown>)[name]);
  return Array.isArray(first) && Array.isArray(second) ? first.join("\n") === second.join("\n") : first === second;
}

function toText(value: FilterValue): string | string[] {
  return typeof value === "boolean" ? (value ? "1" : "") : value;
}
