import "server-only";

import type { IncomingHttpHeaders } from "node:http";
import type { Config } from "@/lib/env/config";
import { bodyTooLargeSentence } from "@/lib/errors/body-too-large";
import type { Refusal } from "@/lib/server/refusal/refusal";
import { type EndpointLimits, type FoundEndpoint, findEndpoint, limitTo } from "./endpoints";
import { checkPageRequest } from "./page-request";
import { readRequestTarget } from "./request-target";

/** What the gate sees of a request: nothing of its body has been read yet. */
export type RequestHead = {
  method: string;
  /** The request target as sent. */
  target: string;
  headers: IncomingHttpHeaders;
  rawHeaders: readonly string[];
};

export type RequestHeadSettings = Pick<Config, "publicUrl" | "trustedProxyHops" | "surfaces">;

type CheckedHead = { request: RequestHead; pathname: string; surface: EndpointLimits; settings: RequestHeadSettings };
type Step = (judged: CheckedHead) => Refusal | undefined;

const HEADER_COUNT_MAX = 100;
/** Whoever sends no target that can be read is answered as at the front page. */
const ROOT = { pathname: "/", segments: [""] };
/** Methods that some route may have; a route without one of them answers for itself, after it has authenticated. */
const ROUTED_METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Two of these mean that two parties on the way read two different requests. Node.js would silently keep the first. */
const SINGLE_HEADERS = ["authorization", "content-type", "content-encoding", "host", "origin"];

/** The steps in their order; each is cheaper than what it protects. */
const STEPS: readonly Step[] = [
  refuseTooManyHeaders,
  refuseRepeatedHeaders,
  refusePlainHttp,
  refuseMissingAddresses,
  refuseForeignMethods,
  refuseForeignPages,
  refuseEncodedBodies,
  refuseLargeBodies,
];

/**
 * Judges a request by its head alone. Returns the surface it goes to and, when it goes no further, the refusal.
 */
export function checkRequestHead(
  request: RequestHead,
  settings: RequestHeadSettings,
): FoundEndpoint & { refusal: Refusal | undefined } {
  const target = readRequestTarget(request.target);
  const found = findEndpoint(target ?? ROOT);
  const surface = limitTo(settings.surfaces, found.surface);
  if (target === undefined) {
    const refusal = { status: 400, reason: "The request target must be a path on this server." };
    return { ...found, surface, refusal };
  }
  const judged = { request, pathname: target.pathname, surface, settings };
  for (const step of STEPS) {
    const refusal = step(judged);
    if (refusal !== undefined) return { ...found, surface, refusal };
  }
  return { ...found, surface, refusal: undefined };
}

function refuseTooManyHeaders({ request }: CheckedHead): Refusal | undefined {
  if (request.rawHeaders.length / 2 <= HEADER_COUNT_MAX) return undefined;
  return { status: 431, reason: `A request may have at most ${HEADER_COUNT_MAX} header fields.` };
}

function refuseRepeatedHeaders({ request }: CheckedHead): Refusal | undefined {
  const names = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const repeated = SINGLE_HEADERS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return repeated === undefined ? undefined : { status: 400, reason: `The header field ${repeated} is repeated.` };
}

/** Programs that guess an address need a short answer, in the dialect that they came to speak, and not a page. */
function refuseMissingAddresses({ surface }: CheckedHead): Refusal | undefined {
  return surface.missing === undefined ? undefined : { status: 404, reason: surface.missing };
}

/** RFC 9110 §15.5.6. TRACE in particular must not echo what a browser added to the request. */
function refuseForeignMethods({ request, surface }: CheckedHead): Refusal | undefined {
  const routed =
    surface.style === "text" ? surface.methods.includes(request.method) : ROUTED_METHODS.has(request.method);
  if (routed) return undefined;
  return { status: 405, reason: "The method is not allowed here.", headers: { Allow: surface.methods.join(", ") } };
}

/**
 * RFC 6749 §3.2: credentials travel over TLS only. A redirect would come too late, after they were sent in the clear,
 * and teach the client to go on doing so. Only a trusted proxy can say which scheme the client used.
 */
function refusePlainHttp({ request, pathname, settings }: CheckedHead): Refusal | undefined {
  if (settings.trustedProxyHops === 0 || !settings.publicUrl.startsWith("https:")) return undefined;
  if (!/^\/(?:api|external-api)\/(?!(?:health|metrics)(?:\/|$))/.test(pathname)) return undefined;
  const schemes = [request.headers["x-forwarded-proto"] ?? []].flat().join(",").split(",");
  const scheme = schemes[Math.max(0, schemes.length - settings.trustedProxyHops)]?.trim().toLowerCase();
  return scheme === "http"
    ? { status: 400, reason: "Use https: credentials must not travel in the clear." }
    : undefined;
}

function refuseForeignPages({ request, surface, settings }: CheckedHead): Refusal | undefined {
  return surface.style === "text" ? checkPageRequest(request, settings.publicUrl) : undefined;
}

/** A few compressed bytes can hold gigabytes; nothing here decompresses. RFC 9110 §12.5.3 names what is understood. */
function refuseEncodedBodies({ request }: CheckedHead): Refusal | undefined {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase();
  if (encoding === undefined || encoding === "" || encoding === "identity") return undefined;
  return { status: 415, reason: "The body must not be encoded.", headers: { "Accept-Encoding": "identity" } };
}

function refuseLargeBodies({ request, surface }: CheckedHead): Refusal | undefined {
  const declared = Number(request.headers["content-length"] ?? 0);
  return declared > surface.bodyLimit ? bodyTooLarge(surface) : undefined;
}

/** RFC 9110 §15.5.14. The same words whether the size was declared or counted. */
export function bodyTooLarge(surface: EndpointLimits): Refusal {
  return { status: 413, reason: bodyTooLargeSentence(surface.bodyLimit) };
}
