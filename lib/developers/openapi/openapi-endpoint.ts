import "server-only";

import { createHash } from "node:crypto";
import { config } from "@/lib/env/config";
import { everyMethod, type Method } from "@/lib/http/endpoint";
import { HttpProblem, problemResponse } from "@/lib/http/problem";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { optionsResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import { buildOpenApi } from "./build-openapi";

const METHODS: readonly Method[] = ["GET", "HEAD", "OPTIONS"];

type Rendered = { publicUrl: string; text: string; tag: string };
let rendered: Rendered | undefined;

/** `GET /api/openapi.json`: the description of the machine API; 404 while that is switched off. */
export const openApiResource = everyMethod(openApiEndpoint, METHODS);

async function openApiEndpoint(request: EndpointRequest): Promise<EndpointResponse> {
  const { publicUrl, externalApi } = config();
  if (!externalApi.enabled) {
    return withoutBodyForHead(request, problemResponse({ status: 404, code: "not_found", detail: "Not found." }));
  }
  if (request.method === "OPTIONS") return optionsResponse(METHODS);
  if (request.method !== "GET" && request.method !== "HEAD") {
    const headers = { Allow: METHODS.join(", ") };
    const detail = "The method is not allowed here.";
    return problemResponse(new HttpProblem({ status: 405, code: "method_not_allowed", detail, headers }).problem);
  }
  rendered = rendered?.publicUrl === publicUrl ? rendered : render(publicUrl);
  const headers = {
    ETag: rendered.tag,
    "Cache-Control": "public, max-age=300",
    "X-Content-Type-Options": "nosniff",
  };
  if (isKnown(request.headers.get("if-none-match"), rendered.tag)) return { status: 304, headers, body: null };
  const fields = { ...headers, "Content-Type": "application/json" };
  return withoutBodyForHead(request, { status: 200, headers: fields, body: rendered.text });
}

function render(publicUrl: string): Rendered {
  const text = JSON.stringify(buildOpenApi({ publicUrl }));
  return { publicUrl, text, tag: `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"` };
}

/** RFC 9110 §13.1.2: weak comparison, in a list or with `*`. */
function isKnown(condition: string | null, tag: string): boolean {
  if (condition === null) return false;
  const tags = condition.split(",").map((one) => one.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(tag);
}
