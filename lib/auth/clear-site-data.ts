import "server-only";

import { requestContext } from "@/lib/http/request-context";

/**
 * Makes the browser forget what it kept of the portal, with the answer to a sign-out: pages in its caches, the one
 * behind the Back button among them, and whatever scripts stored. Not `"cookies"`, which would empty the jar of the
 * whole registrable domain: neighbours of the portal would sign people out, and language and theme would be lost. The
 * session's own cookie is expired by name.
 *
 * @see https://www.w3.org/TR/clear-site-data/#header
 */
export function clearSiteData(): void {
  requestContext().setAnswerField?.("Clear-Site-Data", '"cache", "storage"');
}
