import "server-only";

import type { Route } from "next";
import { requestContext } from "@/lib/http/request-context";
import { toReturnPath } from "./return-path";

/** What Next adds to an address when it fetches a page for one that is open already. */
const FETCH_MARK = /(?<=[?&])_rsc(?:=[^&]*)?(?:&|$)/g;

/**
 * Returns the page that the request being handled asks for, query included, as an address to return to after signing
 * in; the first page when it asks for none that one could return to.
 */
export function askedPath(): Route {
  return toReturnPath(requestContext().target?.replace(FETCH_MARK, "").replace(/[?&]$/, ""));
}
