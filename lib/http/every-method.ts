import "server-only";

/**
 * The exports of a route with one handler: for a method that is missing the framework would answer 405 without `Allow`.
 */
export function everyMethod<Handler>(handler: Handler) {
  return {
    DELETE: handler,
    GET: handler,
    HEAD: handler,
    OPTIONS: handler,
    PATCH: handler,
    POST: handler,
    PUT: handler,
  };
}
