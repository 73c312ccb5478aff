import "server-only";

import type { Span, SpanFacts } from "@/lib/http/request-context";
import { findRequestContext, runWithRequestContext } from "@/lib/http/request-context";

/** What sends spans to whoever collects them. */
export type Tracing = {
  /** Undefined for a request that is not among those of which a trace is kept. */
  startRequest(name: string, facts: SpanFacts, caller: TraceHeaders | undefined): Span | undefined;
};

/** Header fields by which a caller says to which trace its request belongs (W3C Trace Context). */
type TraceHeaders = { traceparent?: string | undefined; tracestate?: string | undefined };

// One per process, in every bundle.
const KEY = Symbol.for("vestibule.tracing");
const shared = globalThis as { [KEY]?: Tracing | undefined };

/** Has `tracing` told of every request that begins from now on; undefined tells nobody. */
export function setTracing(tracing: Tracing | undefined): void {
  shared[KEY] = tracing;
}

/** Who is told of requests, if anybody is. */
export function findTracing(): Tracing | undefined {
  return shared[KEY];
}

/**
 * Runs `work` as a part of the request that is being handled. Inside of another part, outside of requests and without
 * tracing it only runs it: a transaction is one part, whatever it consists of.
 */
export function inSpan<Result>(name: string, facts: SpanFacts, work: () => Promise<Result>): Promise<Result> {
  if (shared[KEY] === undefined) return work();
  const context = findRequestContext();
  if (context?.span?.takesParts !== true) return work();
  const span = context.span.startChild(name, facts);
  return runWithRequestContext({ ...context, span }, async () => {
    try {
      const result = await work();
      span.end();
      return result;
    } catch (error) {
      span.end(errorTypeOf(error));
      throw error;
    }
  });
}

/** The SQLSTATE or another code if there is one, or else the name of the class. */
function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
