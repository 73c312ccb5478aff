import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import { observe } from "@/lib/observability/metrics/metrics";

/** A caller may send any method; a label has few values. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Counts the time until the answer is sent, or until the caller has gone, which has the status "closed". `route` is the
 * pattern of the address, and never the address.
 */
export function measureRequest(request: IncomingMessage, response: ServerResponse): { route: string } {
  const measured = { route: "none" };
  const begunAt = performance.now();
  const method = METHODS.has(request.method ?? "") ? (request.method ?? "") : "other";
  response.once("close", () => {
    const status = response.writableFinished ? String(response.statusCode) : "closed";
    const seconds = (performance.now() - begunAt) / 1_000;
    observe("vestibule_http_request_duration_seconds", seconds, { method, route: measured.route, status });
  });
  return measured;
}
