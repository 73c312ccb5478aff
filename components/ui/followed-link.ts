/**
 * The link that a click follows in this window to another page of the portal, as a document or by the router; undefined
 * for every other click: with a key that opens a window, on a download, within the page.
 */
export function findFollowedLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return undefined;
  if (link.target !== "" && link.target !== "_self") return undefined;
  if (link.origin !== window.location.origin) return undefined;
  const { pathname, search } = window.location;
  return link.pathname === pathname && link.search === search ? undefined : link;
}
