const keyOf = (path: string) => `list:${path}`;

/** Notes the query of a list's address, for as long as this tab of the browser is open. */
export function noteList(address: string): void {
  const [path = "", query] = address.split("?");
  try {
    sessionStorage.setItem(keyOf(path), query === undefined ? "" : `?${query}`);
  } catch {
    // A browser that keeps nothing leads back to the list as it begins.
  }
}

/** Returns the query that was noted last, with its question mark, so that it leads nowhere but to the list. */
export function notedQuery(path: string): string {
  try {
    return sessionStorage.getItem(keyOf(path)) ?? "";
  } catch {
    return "";
  }
}
