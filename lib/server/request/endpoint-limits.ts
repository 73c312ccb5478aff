import "server-only";

import { JSON_BODY_BYTES_MAX } from "@/lib/http/json-body";
import { BODY_BYTES_MAX } from "@/lib/oauth/http/request-body";

/** How a refusal is written for whoever calls this part of the product. */
export type BodyStyle = "oauth" | "problem" | "text";

/** What holds for all requests to one part of the product before anybody looks at what they want. */
export type EndpointLimits = {
  style: BodyStyle;
  /** The largest body that is read, in bytes. */
  bodyLimit: number;
  /** The methods that exist there, for `Allow`. */
  methods: readonly string[];
};

const PAGE_BODY_BYTES_MAX = 1024 * 1024;

const POST_ONLY = ["POST", "OPTIONS"];
const READ_ONLY = ["GET", "HEAD", "OPTIONS"];
const COLLECTION = ["GET", "HEAD", "POST", "OPTIONS"];
const ROOM = ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"];
const ACCESS = ["PATCH", "DELETE", "OPTIONS"];

const oauth = (methods: readonly string[]): EndpointLimits => ({ style: "oauth", bodyLimit: BODY_BYTES_MAX, methods });
const external = (methods: readonly string[]): EndpointLimits => ({
  style: "problem",
  bodyLimit: JSON_BODY_BYTES_MAX,
  methods,
});

/** The first that matches counts. */
const ENDPOINTS: readonly [path: RegExp, limits: EndpointLimits][] = [
  [/^\/(?:api\/oauth\/(?:token|revoke|introspect)|external-api\/v1\.0\/application\/token)\/?$/, oauth(POST_ONLY)],
  [/^\/(?:api\/oauth|\.well-known)(?:\/|$)/, oauth(READ_ONLY)],
  [/^\/(?:api\/external|external-api\/v1\.0)\/rooms\/?$/, external(COLLECTION)],
  [/^\/(?:api\/external|external-api\/v1\.0)\/rooms\/[^/]+\/?$/, external(ROOM)],
  [/^\/api\/external\/rooms\/[^/]+\/accesses\/?$/, external(COLLECTION)],
  [/^\/api\/external\/rooms\/[^/]+\/accesses\/[^/]+\/?$/, external(ACCESS)],
  [/^\/(?:api\/external|external-api)(?:\/|$)/, external(READ_ONLY)],
  [/^\/api\/openapi\.json\/?$/, { style: "problem", bodyLimit: 0, methods: READ_ONLY }],
  [/^\/api\/health(?:\/|$)/, { style: "problem", bodyLimit: 0, methods: ["GET", "HEAD"] }],
];

const PAGES: EndpointLimits = { style: "text", bodyLimit: PAGE_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST"] };

/** Returns what holds at `pathname`, which is decoded and without a query. */
export function getEndpointLimits(pathname: string): EndpointLimits {
  return ENDPOINTS.find(([path]) => path.test(pathname))?.[1] ?? PAGES;
}
