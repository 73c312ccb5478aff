import "server-only";

import type { Route } from "next";
import { routes } from "@/lib/routes";

const LENGTH_MAX = 2_000;
/** A base that no address of the web can have: what leaves it was never a path. */
const NOWHERE = "https://return-path.invalid";
/** Pages that are steps on the way in. */
const NO_DESTINATION: ReadonlySet<string> = new Set([routes.signIn(), routes.identityConfirmed()]);

/**
 * Returns where to go after signing in: `value` when it is a path of this portal, the first page otherwise.
 * What is returned is built from the parsed parts, so that what was checked is what is used (`//host`, `/\host`,
 * tabs and line breaks that browsers drop, and full addresses all end here).
 */
export function toReturnPath(value: unknown): Route {
  const fallback = routes.home();
  if (typeof value !== "string" || value.length > LENGTH_MAX || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value))
    return fallback;
  if (!URL.canParse(value, NOWHERE)) return fallback;
  const { origin, pathname, search } = new URL(value, NOWHERE);
  // `/..//host` is rewritten to `//host` while parsing.
  if (origin !== NOWHERE || pathname.startsWith("//") || pathname.includes("\\")) return fallback;
  const isLoop = NO_DESTINATION.has(pathname.replace(/\/+$/, "")) || pathname.startsWith("/api/");
  // The one place where text becomes a Route: it was just reduced to a path of this portal.
  return isLoop ? fallback : (`${pathname}${search}` as Route);
}
