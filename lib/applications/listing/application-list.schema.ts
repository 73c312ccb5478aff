import { type ListParamsOf, listParams, oneOf, ticked } from "@/lib/list/list-params";
import { SCOPES } from "../scopes";

export const NO_SCOPE = "none";
const SCOPE_FILTERS = [...SCOPES, NO_SCOPE] as const;
export const APPLICATION_STATUSES = ["active", "inactive"] as const;

/** What the address of the list may say. */
export const applicationList = listParams({
  sorts: { created: "desc", name: "asc", lastUsed: "desc" },
  defaultSort: "created",
  filters: {
    status: oneOf(APPLICATION_STATUSES),
    /** One that is granted, or that none is. */
    scope: oneOf(SCOPE_FILTERS),
    anyDomain: ticked(),
    expiring: ticked(),
    unused: ticked(),
  },
});

/** What `expiring` and `unused` mean, here and on the home page: days until an end, days without a use. */
export const EXPIRING_WITHIN_DAYS = 14;
export const UNUSED_FOR_DAYS = 90;

export type ListApplicationsParams = ListParamsOf<typeof applicationList>;
