import "server-only";

import { openApiResource } from "@/lib/developers/openapi/openapi-endpoint";
import type { Surfaces } from "@/lib/env/config";
import { PAGE_BODY_BYTES_MAX } from "@/lib/errors/body-too-large";
import type { PathParameters, Resource } from "@/lib/http/endpoint";
import { JSON_BODY_BYTES_MAX } from "@/lib/http/json-body";
import {
  compatibleTokenResource,
  introspectionResource,
  jwksResource,
  metadataResource,
  protectedResourceResource,
  revocationResource,
  tokenResource,
} from "@/lib/machine/endpoints";
import { compatibleGrantAccessResource } from "@/lib/machine/resources/compatible-grant-access";
import { compatibleRoomResource } from "@/lib/machine/resources/compatible-room";
import { compatibleRoomsResource } from "@/lib/machine/resources/compatible-rooms";
import { meResource } from "@/lib/machine/resources/me";
import { roomResource } from "@/lib/machine/resources/room";
import { roomAccessResource } from "@/lib/machine/resources/room-access";
import { roomAccessesResource } from "@/lib/machine/resources/room-accesses";
import { roomsResource } from "@/lib/machine/resources/rooms";
import { BODY_BYTES_MAX } from "@/lib/oauth/http/request-body";
import { livenessResource, readinessResource } from "@/lib/server/health/health-endpoints";
import { metricsResource } from "@/lib/server/metrics/metrics-endpoint";
import type { BodyStyle } from "@/lib/server/refusal/refusal";
import type { RequestTarget } from "./request-target";

/** What holds for all requests to one part of the product before anybody looks at what they want. */
export type EndpointLimits = {
  style: BodyStyle;
  /** The largest body that is read, in bytes. */
  bodyLimit: number;
  /** The methods that exist there, for `Allow`. */
  methods: readonly string[];
  /** What answers there; where nothing is named, Next does. */
  resource?: Resource;
  /** Whatever is answered there may be read by pages of any origin: it is the same for everybody and needs no credentials. */
  isPublicDocument?: true;
  /** Answered whatever `SURFACES` says. */
  isEverywhere?: true;
  /** Where nothing is: what is said about it, with the next step. */
  missing?: string;
};

/** What holds at an address. `params` are what stands there for `[name]` in its pattern. */
export type FoundEndpoint = {
  surface: EndpointLimits;
  params: PathParameters;
  /** The pattern of an address of ENDPOINTS. */
  route: string | undefined;
};

const PAGES: EndpointLimits = { style: "text", bodyLimit: PAGE_BODY_BYTES_MAX, methods: ["GET", "HEAD", "POST"] };

const endpoint = (style: BodyStyle, bodyLimit: number, resource: Resource): EndpointLimits => ({
  style,
  bodyLimit,
  resource,
  methods: resource.methods,
});
const oauth = (resource: Resource) => endpoint("oauth", BODY_BYTES_MAX, resource);
const external = (resource: Resource) => endpoint("problem", JSON_BODY_BYTES_MAX, resource);
const bodiless = (resource: Resource) => endpoint("problem", 0, resource);
const publicDocument = (limits: EndpointLimits): EndpointLimits => ({ ...limits, isPublicDocument: true });
const everywhere = (limits: EndpointLimits): EndpointLimits => ({ ...limits, isEverywhere: true });
const compatible = (limits: EndpointLimits): EndpointLimits => ({ ...limits, style: "compatible" });

/**
 * Every address that is no page, spelt as the folders of `app/` spell it, and what answers there. The route files
 * export the same; a test holds the two together.
 */
export const ENDPOINTS: Readonly<Record<string, EndpointLimits>> = {
  "/.well-known/oauth-authorization-server": publicDocument(oauth(metadataResource)),
  "/.well-known/oauth-protected-resource/api/external/rooms": publicDocument(oauth(protectedResourceResource)),
  "/api/oauth/jwks": publicDocument(oauth(jwksResource)),
  "/api/oauth/token": oauth(tokenResource),
  "/api/oauth/revoke": oauth(revocationResource),
  "/api/oauth/introspect": oauth(introspectionResource),
  "/api/openapi.json": publicDocument(bodiless(openApiResource)),
  "/api/external/me": external(meResource),
  "/api/external/rooms": external(roomsResource),
  "/api/external/rooms/[roomId]": external(roomResource),
  "/api/external/rooms/[roomId]/accesses": external(roomAccessesResource),
  "/api/external/rooms/[roomId]/accesses/[accessId]": external(roomAccessResource),
  "/external-api/v1.0/application/token": compatible(oauth(compatibleTokenResource)),
  "/external-api/v1.0/rooms": compatible(external(compatibleRoomsResource)),
  "/external-api/v1.0/rooms/[roomId]": compatible(external(compatibleRoomResource)),
  "/external-api/v1.0/rooms/[roomId]/grant-access": compatible(external(compatibleGrantAccessResource)),
  "/api/health/live": everywhere(bodiless(livenessResource)),
  "/api/health/ready": everywhere(bodiless(readinessResource)),
  "/api/metrics": everywhere(bodiless(metricsResource)),
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

/** The sentence that clients of La Suite Meet know. */
const NOT_FOUND = "Not found.";
const NOT_DESCRIBED = "There is nothing at this address. /api/openapi.json has those there are.";

const NO_PAGES = "There are no pages at this address: this process answers applications only.";
const NO_MACHINES = "Applications are not answered at this address: this process has the portal only.";

/** What holds at an address of a process that answers only `surfaces`: on the other half nothing is there. */
export function limitTo(surfaces: Surfaces, limits: EndpointLimits): EndpointLimits {
  const { style, isEverywhere, isPublicDocument } = limits;
  const half = style === "text" ? "portal" : "machine";
  if (surfaces === "all" || surfaces === half || isEverywhere === true) return limits;
  if (half === "portal") return missing(style, NO_PAGES);
  const absent = missing(style, style === "compatible" ? NOT_FOUND : NO_MACHINES);
  return isPublicDocument === true ? publicDocument(absent) : absent;
}

/** Where only programs call: what has no address of its own there is answered at once. The first that matches counts. */
const FOR_PROGRAMS: readonly [path: RegExp, limits: EndpointLimits][] = [
  [
    /^\/api\/oauth(?:\/|$)/,
    missing("oauth", "There is nothing at this address. /.well-known/oauth-authorization-server has those there are."),
  ],
  [/^\/external-api(?:\/|$)/, missing("compatible", NOT_FOUND)],
  // Tools in a browser try several names, and go on at an answer that they can read.
  [/^\/\.well-known(?:\/|$)/, publicDocument(missing("problem", NOT_DESCRIBED))],
  [/^\/api(?:\/|$)/, missing("problem", NOT_DESCRIBED)],
];

const PATTERNS = Object.entries(ENDPOINTS).map(([route, surface]) => ({
  route,
  surface,
  pattern: route.slice(1).split("/"),
}));

/** Returns what holds at an address, and what stands in it for the names of its pattern. */
export function findEndpoint({ pathname, segments }: RequestTarget): FoundEndpoint {
  // With and without a slash at the end, which clients of other frameworks write.
  const named = segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  const known = PATTERNS.find(({ pattern }) => isAt(pattern, named));
  if (known === undefined) {
    const surface = FOR_PROGRAMS.find(([path]) => path.test(pathname))?.[1] ?? PAGES;
    return { surface, params: {}, route: undefined };
  }
  const { surface, pattern, route } = known;
  return { surface, params: readParameters(pattern, named), route };
}

/** `[name]` is one segment; one that begins with dots is for Next to read. */
function readParameters(pattern: readonly string[], segments: readonly string[]): PathParameters {
  const named = pattern.flatMap((name, index) =>
    /^\[\w+\]$/.test(name) ? [[name.slice(1, -1), segments[index] ?? ""] as const] : [],
  );
  return Object.fromEntries(named);
}

function isAt(pattern: readonly string[], segments: readonly string[]): boolean {
  const open = pattern.at(-1)?.startsWith("[...") === true;
  if (open ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((name, index) => (name.startsWith("[") ? segments[index] !== "" : name === segments[index]));
}
