import "server-only";

import { JSON_BODY_BYTES_MAX } from "@/lib/http/json-body";
import { BODY_BYTES_MAX } from "@/lib/oauth/http/request-body";
import type { RequestTarget } from "./request-target";

/** How a refusal is written for whoever calls this part of the product. */
export type BodyStyle = "oauth" | "problem" | "compatible" | "text";

/** What holds for all requests to one part of the product before anybody looks at what they want. */
export type EndpointLimits = {
  style: BodyStyle;
  /** The largest body that is read, in bytes. */
  bodyLimit: number;
  /** The methods that exist there, for `Allow`. */
  methods: readonly string[];
  /** Whatever is answered there may be read by pages of any origin: it is the same for everybody and needs no credentials. */
  isPublicDocument?: true;
  /** Where nothing is: what is said about it, with the next step. */
  missing?: string;
};

const PAGE_BODY_BYTES_MAX = 1024 * 1024;

const POST_ONLY = ["POST", "OPTIONS"];
const READ_ONLY = ["GET", "HEAD", "OPTIONS"];
const COLLECTION = ["GET", "HEAD", "POST", "OPTIONS"];
const ROOM = ["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"];
const ACCESS = ["PATCH", "DELETE", "OPTIONS"];

const PAGES: EndpointLimits = { style: "text", bodyLimit: PAGE_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST"] };
const HEALTH: EndpointLimits = { style: "problem", bodyLimit: 0, methods: ["GET", "HEAD"] };

const oauth = (methods: readonly string[]): EndpointLimits => ({ style: "oauth", bodyLimit: BODY_BYTES_MAX, methods });
const external = (methods: readonly string[]): EndpointLimits => ({
  style: "problem",
  bodyLimit: JSON_BODY_BYTES_MAX,
  methods,
});
const publicDocument = (limits: EndpointLimits): EndpointLimits => ({ ...limits, isPublicDocument: true });
const compatible = (limits: EndpointLimits): EndpointLimits => ({ ...limits, style: "compatible" });

/** Every address that is no page, spelt as the folders of `app/` spell it; a test holds the two together. */
export const ENDPOINTS: Readonly<Record<string, EndpointLimits>> = {
  "/.well-known/oauth-authorization-server": publicDocument(oauth(READ_ONLY)),
  "/.well-known/oauth-protected-resource/api/external/rooms": publicDocument(oauth(READ_ONLY)),
  "/api/oauth/jwks": publicDocument(oauth(READ_ONLY)),
  "/api/oauth/token": oauth(POST_ONLY),
  "/api/oauth/revoke": oauth(POST_ONLY),
  "/api/oauth/introspect": oauth(POST_ONLY),
  "/api/openapi.json": publicDocument({ style: "problem", bodyLimit: 0, methods: READ_ONLY }),
  "/api/external/me": external(READ_ONLY),
  "/api/external/rooms": external(COLLECTION),
  "/api/external/rooms/[roomId]": external(ROOM),
  "/api/external/rooms/[roomId]/accesses": external(COLLECTION),
  "/api/external/rooms/[roomId]/accesses/[accessId]": external(ACCESS),
  "/external-api/v1.0/application/token": compatible(oauth(POST_ONLY)),
  "/external-api/v1.0/rooms": compatible(external(COLLECTION)),
  "/external-api/v1.0/rooms/[roomId]": compatible(external(ROOM)),
  "/external-api/v1.0/rooms/[roomId]/grant-access": compatible(external(POST_ONLY)),
  "/api/health/live": HEALTH,
  "/api/health/ready": HEALTH,
  // A browser reads these answers, or follows them to a page.
  "/api/auth/[...nextauth]": PAGES,
  "/api/auth/organisation/callback": PAGES,
  "/api/auth/organisation/start": PAGES,
  "/api/auth/re-authenticate": PAGES,
};

const missing = (style: BodyStyle, sentence: string): EndpointLimits => ({
  style,
  bodyLimit: 0,
  methods: [],
  missing: sentence,
});

const NOT_DESCRIBED = "There is nothing at this address. /api/openapi.json has those there are.";

/** Where only programs call: what has no address of its own there is answered at once. The first that matches counts. */
const FOR_PROGRAMS: readonly [path: RegExp, limits: EndpointLimits][] = [
  [
    /^\/api\/oauth(?:\/|$)/,
    missing("oauth", "There is nothing at this address. /.well-known/oauth-authorization-server has those there are."),
  ],
  // Its clients know this sentence.
  [/^\/external-api(?:\/|$)/, missing("compatible", "Not found.")],
  // Tools in a browser try several names, and go on at an answer that they can read.
  [/^\/\.well-known(?:\/|$)/, publicDocument(missing("problem", NOT_DESCRIBED))],
  [/^\/api(?:\/|$)/, missing("problem", NOT_DESCRIBED)],
];

const PATTERNS = Object.entries(ENDPOINTS).map(
  ([path, limits]) => [path.slice(1).split("/"), limits] as [string[], EndpointLimits],
);

/** Returns what holds at an address. */
export function getEndpointLimits({ pathname, segments }: RequestTarget): EndpointLimits {
  // With and without a slash at the end, which clients of other frameworks write.
  const named = segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  const [, known] = PATTERNS.find(([pattern]) => isAt(pattern, named)) ?? [];
  return known ?? FOR_PROGRAMS.find(([path]) => path.test(pathname))?.[1] ?? PAGES;
}

function isAt(pattern: readonly string[], segments: readonly string[]): boolean {
  const open = pattern.at(-1)?.startsWith("[...") === true;
  if (open ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((name, index) => (name.startsWith("[") ? segments[index] !== "" : name === segments[index]));
}
