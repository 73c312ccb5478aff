import "server-only";

import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { optionsResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import { everyMethod, type Method, type Resource } from "./endpoint";
import { HttpProblem, problemResponse } from "./problem";

const METHODS: readonly Method[] = ["GET", "HEAD", "OPTIONS"];

/** A resource that can only be read. What `answer` throws passes through, but for a problem, which is answered. */
export function getResource(answer: (request: EndpointRequest) => Promise<EndpointResponse>): Resource {
  return everyMethod(async (request) => {
    if (request.method === "OPTIONS") return optionsResponse(METHODS);
    try {
      if (request.method !== "GET" && request.method !== "HEAD") throw notAllowed();
      return withoutBodyForHead(request, await answer(request));
    } catch (thrown) {
      if (!(thrown instanceof HttpProblem)) throw thrown;
      return withoutBodyForHead(request, problemResponse(thrown.problem));
    }
  }, METHODS);
}

function notAllowed(): HttpProblem {
  return new HttpProblem({
    status: 405,
    code: "method_not_allowed",
    detail: "The method is not allowed here.",
    headers: { Allow: METHODS.join(", ") },
  });
}
