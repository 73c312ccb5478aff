import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Span } from "@/lib/http/request-context";
import { observe } from "@/lib/observability/metrics/metrics";
import { findTracing } from "@/lib/observability/tracing/tracing";

/** A caller may send any method; a label has few values. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export type MeasuredRequest = {
  /** The pattern of the address, and never the address. Set it as soon as it is known. */
  route: string;
  /** Undefined where no trace is kept of it. */
  readonly span: Span | undefined;
};

/**
 * Counts the time until the answer is sent, or until the caller has gone, which has the status "closed", and tells whoever
 * collects traces. To which trace the request belongs is taken from its caller only if it `isProxied`: a stranger could put
 * it into one of somebody else.
 */
export function measureRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { isProxied }: { isProxied: boolean },
): MeasuredRequest {
  const begunAt = performance.now();
  const method = METHODS.has(request.method ?? "") ? (request.method ?? "") : "other";
  const measured = { route: "none", span: startSpan(method, isProxied ? request : undefined) };
  response.once("close", () => {
    const status = response.writableFinished ? String(response.statusCode) : "closed";
    const seconds = (performance.now() - begunAt) / 1_000;
    observe("vestibule_http_request_duration_seconds", seconds, { method, route: measured.route, status });
    if (measured.span !== undefined) endSpan(measured.span, { method, route: measured.route, status });
  });
  return measured;
}

function startSpan(method: string, caller: IncomingMessage | undefined): Span | undefined {
  const tracing = findTracing();
  if (tracing === undefined) return undefined;
  const { traceparent, tracestate } = caller?.headers ?? {};
  // Two of them are none (W3C Trace Context 3.2).
  const headers = typeof traceparent === "string" ? { traceparent, tracestate: String(tracestate ?? "") } : undefined;
  return tracing.startRequest(method, { "http.request.method": method === "other" ? "_OTHER" : method }, headers);
}

function endSpan(span: Span, { method, route, status }: { method: string; route: string; status: string }): void {
  span.rename(`${method === "other" ? "HTTP" : method} ${route}`);
  span.set({ "http.route": route });
  if (status !== "closed") span.set({ "http.response.status_code": Number(status) });
  // What a caller has done wrong is no error of the server (semantic conventions for HTTP servers).
  span.end(status === "closed" || Number(status) >= 500 ? status : undefined);
}
