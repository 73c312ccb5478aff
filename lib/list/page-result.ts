/** One page of a longer list, and how long the list is. */
export type PageResult<Row> = {
  rows: Row[];
  rowCount: number;
  /** There are more than `rowCount`: counting ended there. */
  hasMoreRows: boolean;
  /** So many match the search that they come newest first, whatever order was asked for. */
  isNewestFirst: boolean;
  /** False when the search has no letter or digit, which this list needs: it was not run. */
  isSearchable: boolean;
  page: number;
  pageCount: number;
};
