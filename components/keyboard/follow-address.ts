import type { Route } from "next";

/**
 * Goes to a page as a click on a link does, so that whatever watches links sees it: the guard of unsaved changes may stop
 * it and go on later.
 */
export function followAddress(href: Route, push: (href: Route) => void): void {
  const link = document.createElement("a");
  link.href = href;
  link.hidden = true;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    push(href);
  });
  document.body.append(link);
  link.click();
  link.remove();
}
