/**
 * How far rows are counted. Beyond, the list says "more than": counting all of a hundred thousand rows takes longer than
 * showing a page of them, and tells nobody anything. Count up to one more.
 */
export const ROWS_COUNTED_MAX = 10_000;

/** How far the rows are counted that a search finds: each is looked at, where others are read off an index. */
export const MATCHES_COUNTED_MAX = 2_000;

/** The order of what is found when so much is found that no other can be had soon. */
export const NEWEST_FIRST = { sort: "created", dir: "desc" } as const;

/**
 * Returns which rows the page shows. `counted` is the number of rows, counted up to one more than `max`. A page beyond
 * the end gives the last one: the list may have become shorter since the link was made.
 */
export function pageWindow(
  counted: number,
  { page, perPage }: { page: number; perPage: number },
  max: number = ROWS_COUNTED_MAX,
) {
  const rowCount = Math.min(counted, max);
  const pageCount = Math.max(1, Math.ceil(rowCount / perPage));
  const shown = Math.min(Math.max(1, page), pageCount);
  return {
    rowCount,
    hasMoreRows: counted > max,
    page: shown,
    pageCount,
    skip: (shown - 1) * perPage,
    take: perPage,
  };
}
