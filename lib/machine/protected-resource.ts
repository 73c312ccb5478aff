import "server-only";

import { jsonResponse, methodNotAllowed, optionsResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";

const METHODS = ["GET", "HEAD", "OPTIONS"];

/** Path of the metadata of the rooms collection. RFC 9728 §3.1: the well-known part stands before the resource's path. */
export const PROTECTED_RESOURCE_PATH = "/.well-known/oauth-protected-resource/api/external/rooms";

/**
 * The metadata of the external API: who issues its tokens and how they are presented. Made from configuration alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-2
 */
export function createProtectedResourceEndpoint(deps: {
  /** What tokens are made for; the `resource` a client asks the token endpoint for. */
  resource: string;
  issuer: string;
  supportedScopes: readonly string[];
  /** Absolute URL of what developers should read. */
  documentation: string;
  errorPage: string;
}): (request: Request) => Promise<Response> {
  const document = {
    resource: deps.resource,
    authorization_servers: [deps.issuer],
    scopes_supported: deps.supportedScopes,
    bearer_methods_supported: ["header"],
    resource_name: "Vestibule external API: rooms",
    resource_documentation: deps.documentation,
  };
  return async function protectedResourceEndpoint(request) {
    if (request.method === "OPTIONS") return optionsResponse(METHODS);
    if (request.method !== "GET" && request.method !== "HEAD")
      return methodNotAllowed(request, METHODS, deps.errorPage);
    return withoutBodyForHead(request, jsonResponse(200, document));
  };
}
