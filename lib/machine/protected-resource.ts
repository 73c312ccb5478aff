import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import { answerGet, jsonResponse } from "@/lib/oauth/http/oauth-response";
import type { Endpoint } from "./with-request-context";

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
  /** Absolute URL of what developers should read. */
  documentation: string;
  errorPage: string;
}): Endpoint {
  const document = {
    resource: deps.resource,
    authorization_servers: [deps.issuer],
    scopes_supported: SCOPES,
    bearer_methods_supported: ["header"],
    resource_name: "Vestibule external API: rooms",
    resource_documentation: deps.documentation,
  };
  return async function protectedResourceEndpoint(request) {
    return answerGet(request, deps, async () => jsonResponse(200, document));
  };
}
