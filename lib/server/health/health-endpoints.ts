import "server-only";

import { everyMethod, type Method } from "@/lib/http/endpoint";
import { HttpProblem, problemResponse } from "@/lib/http/problem";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { optionsResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import { checkReadiness } from "./check-readiness";

const METHODS: readonly Method[] = ["GET", "HEAD", "OPTIONS"];

type Health = { status: number; body: { status: string }; headers?: Record<string, string> };

/** `GET /api/health/live`: answers while the process can answer at all. Restart it when it does not. */
export const livenessResource = health(async () => ({ status: 200, body: { status: "live" } }));

/**
 * `GET /api/health/ready`: 200 while requests can be answered, 503 while the database is away. Take it out of rotation,
 * do not restart it.
 */
export const readinessResource = health(async () =>
  (await checkReadiness())
    ? { status: 200, body: { status: "ready" } }
    : { status: 503, body: { status: "unavailable" }, headers: { "Retry-After": "5" } },
);

function health(check: () => Promise<Health>) {
  return everyMethod(async (request: EndpointRequest) => {
    if (request.method === "OPTIONS") return optionsResponse(METHODS);
    if (request.method !== "GET" && request.method !== "HEAD") {
      const fields = { Allow: METHODS.join(", ") };
      const detail = "The method is not allowed here.";
      return problemResponse(
        new HttpProblem({ status: 405, code: "method_not_allowed", detail, headers: fields }).problem,
      );
    }
    const { status, body, headers } = await check();
    const fields = { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers };
    return withoutBodyForHead(request, { status, headers: fields, body: JSON.stringify(body) });
  }, METHODS);
}
