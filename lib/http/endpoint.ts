import "server-only";

import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { type EndpointResponse, toWebResponse } from "@/lib/oauth/http/endpoint-response";

/** The methods that a route file may export. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type Method = (typeof METHODS)[number];

/** What stands in an address where its pattern has a name in brackets, decoded. */
export type PathParameters = Readonly<Record<string, string>>;

/** The framework hands the parameters out as a promise. */
type HandlerContext = { params: PathParameters | Promise<PathParameters> };

export type EndpointHandler = (request: EndpointRequest, context?: HandlerContext) => Promise<EndpointResponse>;

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

/** A handler as the framework calls it. */
export type RouteHandler = (request: EndpointRequest, context?: HandlerContext) => Promise<Response>;

const routes = new WeakMap<EndpointHandler, RouteHandler>();

/** What a route file of the framework exports for a resource: the same handlers, with responses of the web. */
export function routeHandlers(resource: Resource): Readonly<Record<Method, RouteHandler>> {
  const entries = METHODS.map((method): [Method, RouteHandler] => [method, toRouteHandler(resource[method])]);
  return Object.fromEntries(entries) as Record<Method, RouteHandler>;
}

/** One and the same for one handler, so that it can be told which handler a route has. */
function toRouteHandler(handler: EndpointHandler): RouteHandler {
  const known = routes.get(handler);
  if (known !== undefined) return known;
  const route: RouteHandler = async (request, context) => toWebResponse(await handler(request, context));
  routes.set(handler, route);
  return route;
}
