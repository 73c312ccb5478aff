/**
 * How far rows are counted. Beyond, the list says "more than": counting all of a hundred thousand rows takes longer than
 * showing a page of them, and tells nobody anything. Count with `take: ROWS_COUNTED_MAX + 1`.
 */
export const ROWS_COUNTED_MAX = 10_000;

/**
 * Returns which rows the page shows. `counted` is the number of rows, counted up to one more than `ROWS_COUNTED_MAX`. A
 * page beyond the end gives the last one: the list may have become shorter since the link was made.
 */
export function pageWindow(counted: number, { page, perPage }: { page: number; perPage: number }) {
  const rowCount = Math.min(counted, ROWS_COUNTED_MAX);
  const pageCount = Math.max(1, Math.ceil(rowCount / perPage));
  const shown = Math.min(Math.max(1, page), pageCount);
  return {
    rowCount,
    hasMoreRows: counted > ROWS_COUNTED_MAX,
    page: shown,
    pageCount,
    skip: (shown - 1) * perPage,
    take: perPage,
  };
}
