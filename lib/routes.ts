import type { Route } from "next";

/** Every address inside the portal. Links are built here, never typed by hand. */
export const routes = {
  home: () => "/" as Route,
  signIn: () => "/sign-in" as Route,
  /** Where the dialog of the portal sends a password; no page. */
  reauthenticate: () => "/api/auth/re-authenticate",
  applications: {
    list: (params: { q?: string; page?: number } = {}) =>
      withQuery("/applications", { q: params.q, page: params.page }),
    new: () => "/applications/new" as Route,
    detail: (applicationId: string) => `/applications/${encodeURIComponent(applicationId)}` as Route,
    edit: (applicationId: string) => `/applications/${encodeURIComponent(applicationId)}/edit` as Route,
    authentication: (applicationId: string) =>
      `/applications/${encodeURIComponent(applicationId)}/authentication` as Route,
  },
  audit: {
    list: (params: Search = {}) => withSearch("/audit", params),
    /** Takes the filters along, so that the way back leads to the same list. */
    event: (eventId: string, params: Search = {}) => withSearch(`/audit/${encodeURIComponent(eventId)}`, params),
  },
  room: (slug: string) => `/r/${encodeURIComponent(slug)}` as Route,
} as const;

type Search = Readonly<Record<string, string | undefined>>;

/** Leaves out what is not said, in the order given, so that one state has one address. */
function withSearch(path: string, params: Search): Route {
  const said = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(said).toString();
  return (text === "" ? path : `${path}?${text}`) as Route;
}

/** Leaves out what is empty or the default, so that one state has one address. */
function withQuery(path: string, query: { q: string | undefined; page: number | undefined }): Route {
  const search = new URLSearchParams();
  if (query.q) search.set("q", query.q);
  if (query.page !== undefined && query.page > 1) search.set("page", String(query.page));
  const text = search.toString();
  return (text === "" ? path : `${path}?${text}`) as Route;
}
