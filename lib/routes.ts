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
  room: (slug: string) => `/r/${encodeURIComponent(slug)}` as Route,
} as const;

/** Leaves out what is empty or the default, so that one state has one address. */
function withQuery(path: string, query: { q: string | undefined; page: number | undefined }): Route {
  const search = new URLSearchParams();
  if (query.q) search.set("q", query.q);
  if (query.page !== undefined && query.page > 1) search.set("page", String(query.page));
  const text = search.toString();
  return (text === "" ? path : `${path}?${text}`) as Route;
}
