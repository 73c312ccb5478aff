import "server-only";

import { AsyncLocalStorage } from "node:async_hooks";

/** What is said of a span: names of OpenTelemetry's semantic conventions, or names that begin with `vestibule.`. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** A piece of the work of one request, as a trace shows it. */
export type Span = {
  /** 32 and 16 lower-case hexadecimal digits (W3C Trace Context). */
  readonly traceId: string;
  readonly spanId: string;
  /** Whether parts are shown in it: in a request until it has ended, and never in a part. */
  readonly takesParts: boolean;
  startChild(name: string, facts: SpanFacts): Span;
  rename(name: string): void;
  set(facts: SpanFacts): void;
  /** `error` is a word for what went wrong, and no message: messages may quote what was sent. */
  end(error?: string): void;
};

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
  /** The part of the request's trace that is under way. Absent where no trace is kept. */
  span?: Span | undefined;
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

/** The context of the request being handled, if one is. */
export function findRequestContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * Returns the context of the request being handled. Throws outside of one: an unknown address must not pass as a real
 * one.
 */
export function requestContext(): RequestContext {
  const context = findRequestContext();
  if (context === undefined) throw new Error("No request is being handled: start the product through server.ts.");
  return context;
}
