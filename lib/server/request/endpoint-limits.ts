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

const ENDPOINTS: readonly { path: RegExp; surface: EndpointLimits }[] = [
  {
    path: /^\/(?:api\/oauth\/(?:token|revoke|introspect)|external-api\/v1\.0\/application\/token)\/?$/,
    surface: { style: "oauth", bodyLimit: BODY_BYTES_MAX, methods: POST_ONLY },
  },
  {
    path: /^\/(?:api\/oauth|\.well-known)(?:\/|$)/,
    surface: { style: "oauth", bodyLimit: BODY_BYTES_MAX, methods: READ_ONLY },
  },
  {
    path: /^\/(?:api\/external|external-api\/v1\.0)\/rooms\/?$/,
    surface: { style: "problem", bodyLimit: JSON_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST", "OPTIONS"] },
  },
  {
    path: /^\/(?:api\/external|external-api\/v1\.0)\/rooms\/[^/]+\/?$/,
    surface: {
      style: "problem",
      bodyLimit: JSON_BODY_BYTES_MAX,
      methods: ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"],
    },
  },
  {
    path: /^\/api\/external\/rooms\/[^/]+\/accesses\/?$/,
    surface: { style: "problem", bodyLimit: JSON_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST", "OPTIONS"] },
  },
  {
    path: /^\/api\/external\/rooms\/[^/]+\/accesses\/[^/]+\/?$/,
    surface: { style: "problem", bodyLimit: JSON_BODY_BYTES_MAX, methods: ["PATCH", "DELETE", "OPTIONS"] },
  },
  {
    path: /^\/(?:api\/external|external-api)(?:\/|$)/,
    surface: { style: "problem", bodyLimit: JSON_BODY_BYTES_MAX, methods: READ_ONLY },
  },
  { path: /^\/api\/openapi\.json\/?$/, surface: { style: "problem", bodyLimit: 0, methods: READ_ONLY } },
  { path: /^\/api\/health(?:\/|$)/, surface: { style: "problem", bodyLimit: 0, methods: ["GET", "HEAD"] } },
];

const PAGES: EndpointLimits = { style: "text", bodyLimit: PAGE_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST"] };

/** Returns what holds at `pathname`, which is decoded and without a query. */
export function getEndpointLimits(pathname: string): EndpointLimits {
  return ENDPOINTS.find(({ path }) => path.test(pathname))?.surface ?? PAGES;
}
