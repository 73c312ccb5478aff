import "server-only";

import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What only the process that accepted the connection knows about a request. Headers cannot carry it: clients write
 * those.
 */
export type RequestContext = {
  /** The client's address after TRUSTED_PROXY_HOPS were taken off, IPv4 or IPv6 without brackets. */
  clientAddress: string;
  requestId: string;
  /** The path and the query that were asked for, as the client wrote them; nothing that they say is checked. */
  target?: string;
  /** Adds a field to the answer for what may not: an action of Next sets cookies and nothing else. Absent in tests. */
  setAnswerField?: (name: string, value: string) => void;
};

// One store for every bundle of this process: server.ts writes it, route handlers and actions read it.
const KEY = Symbol.for("vestibule.request-context");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<RequestContext> };
shared[KEY] ??= new AsyncLocalStorage<RequestContext>();
const storage = shared[KEY];

/** Runs `handle` with `context` readable by everything it calls. */
export function runWithRequestContext<Result>(context: RequestContext, handle: () => Result): Result {
  return storage.run(context, handle);
}

/** Runs `begin` as if no request were handled: for what outlives the request that happened to cause it. */
export function runWithoutRequestContext(begin: () => void): void {
  storage.exit(begin);
}

/**
 * Returns the context of the request being handled. Throws outside of one: an unknown address must not pass as a real
 * one.
 */
export function requestContext(): RequestContext {
  const context = storage.getStore();
  if (context === undefined) throw new Error("No request is being handled: start the product through server.ts.");
  return context;
}
