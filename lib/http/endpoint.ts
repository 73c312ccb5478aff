import "server-only";

import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";

/** The methods that a route file may export. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type Method = (typeof METHODS)[number];

/** What stands in an address where its pattern has a name in brackets, decoded. */
export type PathParameters = Readonly<Record<string, string>>;

/** The framework hands the parameters out as a promise. */
export type EndpointHandler = (
  request: EndpointRequest,
  context?: { params: PathParameters | Promise<PathParameters> },
) => Promise<Response>;

/** What answers at one address: a handler for every method, those that it does not have included. */
export type Resource = Readonly<Record<Method, EndpointHandler>> & {
  /** The methods that exist there, as `Allow` names them. */
  readonly methods: readonly Method[];
};

/**
 * The resource whose handler takes every method: for one that is missing the framework would answer 405 without
 * `Allow`. `methods` are those that `handler` has.
 */
export function everyMethod(handler: EndpointHandler, methods: readonly Method[]): Resource {
  return {
    methods,
    GET: handler,
    HEAD: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
  };
}
