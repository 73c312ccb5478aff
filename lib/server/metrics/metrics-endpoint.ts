import "server-only";

import { createHash, timingSafeEqual } from "node:crypto";
import { config } from "@/lib/env/config";
import { getResource } from "@/lib/http/get-resource";
import { HttpProblem, problemResponse } from "@/lib/http/problem";
import { requestContext } from "@/lib/http/request-context";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { METRICS_TYPE } from "@/lib/observability/metrics/metrics";
import { reportRefusal } from "@/lib/server/refusal/report-refusal";
import { readMetrics } from "./read-metrics";

/**
 * `GET /api/metrics`: what all workers of this instance have counted, in the text format of Prometheus. Asks for
 * `METRICS_TOKEN` as a bearer token (RFC 6750 §2.1); where that is not set there is nothing.
 */
export const metricsResource = getResource(async (request) => {
  const { metricsToken } = config();
  if (metricsToken === undefined) {
    throw new HttpProblem({
      status: 404,
      code: "not_found",
      detail: "There are no metrics here: METRICS_TOKEN is not set.",
    });
  }
  if (!isAuthorized(request, metricsToken)) return refuse();
  const headers = { "Content-Type": METRICS_TYPE, "Cache-Control": "no-store" };
  return { status: 200, headers, body: await readMetrics() };
});

function isAuthorized({ headers }: EndpointRequest, expected: string): boolean {
  const [, presented] = /^Bearer +([^\s]+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  // Digests are of one length, which is what the comparison demands.
  return presented !== undefined && timingSafeEqual(digest(presented), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function refuse() {
  const detail = "Send METRICS_TOKEN in the Authorization header field, as a bearer token.";
  reportRefusal({ status: 401, reason: detail }, requestContext());
  const headers = { "WWW-Authenticate": 'Bearer realm="vestibule-metrics"' };
  return problemResponse({ status: 401, code: "unauthenticated", detail, headers });
}
