import type { Route } from "next";
import type { ListQuery } from "./list/list-address";

/** Every address inside the portal. Links are built here, never typed by hand. */
export const routes = {
  home: () => "/" as Route,
  /** `to`: where to go afterwards. The first page is where one goes anyway. `problem`: why one is here again. */
  signIn: ({ to, problem }: { to?: string; problem?: "second_factor_lost" } = {}) =>
    withSearch("/sign-in", { to: to === "/" ? undefined : to, problem }),
  /** Where whoever has given the right password shows the second factor. */
  secondFactor: ({ to }: { to?: string } = {}) =>
    withSearch("/sign-in/second-factor", { to: to === "/" ? undefined : to }),
  /** Where the provider's answer ends when the window was opened to confirm an identity. */
  identityConfirmed: () => "/identity-confirmed" as Route,
  organisation: {
    /** Leads to the provider and is no page: links to it are plain. `confirm`: for who is signed in already. */
    start: (params: { confirm?: "1"; to?: string } = {}) => withSearch("/api/auth/organisation/start", params),
    callback: () => "/api/auth/organisation/callback",
  },
  /** Both open with the token of a one-time link in their fragment. */
  invitation: () => "/invitation" as Route,
  newPassword: () => "/new-password" as Route,
  /** Open to everybody; what it shows depends on the token of a pick-up link in its fragment. */
  pickUp: () => "/pick-up" as Route,
  account: () => "/account" as Route,
  /** Where the dialog of the portal sends a password; no page. */
  reauthenticate: () => "/api/auth/re-authenticate",
  applications: {
    list: (query: ListQuery = {}) => withSearch("/applications", query),
    /** A file, no page: links to it are plain. */
    export: (format: string, query: ListQuery) => withSearch("/applications/export", { format, ...query }),
    new: () => "/applications/new" as Route,
    /**
     * `open`: the dialog to begin with. `cure`: what to offer. Here and on the pages to which a refusal leads, `back`:
     * where to go to check again.
     */
    detail: (
      applicationId: string,
      params: { open?: "rotate" | "deactivate"; cure?: "activate"; back?: string } = {},
    ) => withSearch(`/applications/${encodeURIComponent(applicationId)}`, params),
    /** `scope`: those to tick. */
    edit: (applicationId: string, params: { scope?: readonly string[]; back?: string } = {}) =>
      withSearch(`/applications/${encodeURIComponent(applicationId)}/edit`, params),
    secrets: (applicationId: string) => `/applications/${encodeURIComponent(applicationId)}/secrets` as Route,
    authentication: (applicationId: string) =>
      `/applications/${encodeURIComponent(applicationId)}/authentication` as Route,
    /** `domain`, `allow`: what to fill in. */
    delegation: (
      applicationId: string,
      params: { domain?: string | undefined; allow?: string | undefined; back?: string } = {},
    ) => withSearch(`/applications/${encodeURIComponent(applicationId)}/delegation`, params),
    /** `params`: the e-mail address and the scopes to begin with. */
    checkAccess: (applicationId: string, params: { email?: string | undefined; scope?: readonly string[] } = {}) =>
      withSearch(`/applications/${encodeURIComponent(applicationId)}/check-access`, params),
    /** `params`: as for the audit log. */
    history: (applicationId: string, params: Search = {}) =>
      withSearch(`/applications/${encodeURIComponent(applicationId)}/history`, params),
    activity: (applicationId: string, params: Search = {}) =>
      withSearch(`/applications/${encodeURIComponent(applicationId)}/activity`, params),
    /** `days`: how far back to look. */
    callsByDay: (applicationId: string, days?: number) =>
      withSearch(`/applications/${encodeURIComponent(applicationId)}/activity/by-day`, { days: days?.toString() }),
  },
  /** Where access is taken away at once. `q`: what to look for. `application`, `person`: the ids of those that were chosen. */
  incident: (params: { q?: string | undefined; application?: string | undefined; person?: string | undefined } = {}) =>
    withSearch("/incident", params),
  /** The requests of all applications. */
  activity: (params: Search = {}) => withSearch("/activity", params),
  audit: {
    list: (params: Search = {}) => withSearch("/audit", params),
    export: (format: "csv" | "json", params: Search = {}) => withSearch("/audit/export", { format, ...params }),
    /** Takes the filters along, so that the way back leads to the same list. */
    event: (eventId: string, params: Search = {}) => withSearch(`/audit/${encodeURIComponent(eventId)}`, params),
  },
  developers: {
    start: (params: Search = {}) => withSearch("/developers", params),
    reference: () => "/developers/reference" as Route,
    /** One method of the machine API, by its name in the OpenAPI document; both are plain words. */
    operation: (operationId: string, anchor = "") => `/developers/reference/${operationId}${anchor}` as Route,
    errors: (code?: string) => `/developers/errors${code === undefined ? "" : `#${code}`}` as Route,
  },
  /** The description of the machine API for programs. */
  openApi: () => "/api/openapi.json" as Route,
  people: {
    list: (query: ListQuery = {}) => withSearch("/people", query),
    detail: (personId: string, params: { back?: string } = {}) =>
      withSearch(`/people/${encodeURIComponent(personId)}`, params),
  },
  /** Every application that may act for anyone. */
  unrestrictedList: () => "/delegation" as Route,
  staff: {
    list: (query: ListQuery = {}) => withSearch("/staff", query),
    invite: () => "/staff/invite" as Route,
    detail: (staffId: string) => `/staff/${encodeURIComponent(staffId)}` as Route,
  },
  rooms: {
    list: (query: Search = {}) => withSearch("/rooms", query),
    detail: (roomId: string) => `/rooms/${encodeURIComponent(roomId)}` as Route,
  },
  /** Where the search of the portal sends what was typed; no page. */
  search: () => "/search",
  room: (slug: string) => `/r/${encodeURIComponent(slug)}` as Route,
} as const;

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Leaves out what is not said, in the order given, so that one state has one address. */
function withSearch(path: string, params: Search): Route {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of [value].flat()) if (item) search.append(name, item);
  }
  const text = search.toString();
  return (text === "" ? path : `${path}?${text}`) as Route;
}
