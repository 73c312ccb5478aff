import "server-only";

import type { RequestReason } from "@/lib/http/http-reason";
import type { RequestContext } from "@/lib/http/request-context";
import { incrementCounter } from "@/lib/observability/metrics/metrics";
import { logRefusal } from "@/lib/observability/refusal-log";
import type { Refusal } from "./refusal";

/** One stable code for each kind of refusal; the public sentence says more. */
const REASONS: Readonly<Record<number, RequestReason>> = {
  400: "request_malformed",
  401: "metrics_token_wrong",
  403: "origin_foreign",
  404: "address_unknown",
  405: "method_not_routed",
  413: "body_too_large",
  415: "body_encoded",
  421: "host_foreign",
  431: "header_fields_too_many",
  503: "pages_overloaded",
};

/**
 * Counts and logs a request that was refused before any route saw it, or by one that is for operators. Call it in the context of the request, so that the
 * line carries the id that the client reads in `X-Request-Id`.
 */
export function reportRefusal({ status, reason: detail }: Refusal, { clientAddress }: RequestContext): void {
  const reason = REASONS[status] ?? "request_malformed";
  incrementCounter("vestibule_request_refused_total", { reason });
  logRefusal({ event: "request_refused", status, reason, detail, client_address: clientAddress }, "Request refused");
}
