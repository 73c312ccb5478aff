const LIST_NAME = /^[a-z][a-z-]{0,31}$/;
const COLUMN_NAME = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
const COLUMNS_MAX = 40;
/** Takes no escaping in a cookie. */
const SEPARATOR = ".";

/** The cookie that remembers which columns of the list somebody does not want to see, in this browser. */
export function columnsCookie(list: string): string {
  return `columns-${list}`;
}

/**
 * Reads the cookie; `atFirst` are hidden until somebody has chosen. Names that the list does not offer for hiding are left
 * out: columns come and go with versions.
 */
export function parseHiddenColumns(
  value: string | undefined,
  hideable: readonly string[],
  atFirst: readonly string[] = [],
): string[] {
  const named = value?.split(SEPARATOR) ?? atFirst;
  return hideable.filter((column) => named.includes(column));
}

/**
 * Reads the form of the column menu: `list`, every `column` it offers and those to be `shown`. Returns the cookie to
 * store, or undefined for what no such form sends.
 */
export function readColumnsForm(form: FormData): { name: string; value: string } | undefined {
  const list = form.get("list");
  const columns = form.getAll("column");
  const isWellFormed =
    typeof list === "string" &&
    LIST_NAME.test(list) &&
    columns.length <= COLUMNS_MAX &&
    columns.every((column) => typeof column === "string" && COLUMN_NAME.test(column));
  if (!isWellFormed) return undefined;
  const shown = form.getAll("shown");
  return { name: columnsCookie(list), value: columns.filter((column) => !shown.includes(column)).join(SEPARATOR) };
}
