/** One page of a longer list, and how long the list is. */
export type PageResult<Row> = { rows: Row[]; rowCount: number; page: number; pageCount: number };
