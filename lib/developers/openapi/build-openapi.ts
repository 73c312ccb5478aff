import "server-only";

import type { SCOPES } from "@/lib/applications/scopes";
import { errorPageOf } from "@/lib/http/error-page";
import type { OpenApiDocument } from "../openapi.types";
import { COMPATIBLE_PATHS } from "./compatible-paths";
import { componentSchemas } from "./component-schemas";
import { OAUTH_PATHS } from "./oauth-paths";
import { ROOM_PATHS } from "./room-paths";

const SCOPE_TEXTS: Readonly<Record<(typeof SCOPES)[number], string>> = {
  "rooms:create": "Create rooms.",
  "rooms:list": "List rooms.",
  "rooms:retrieve": "Read single rooms.",
  "rooms:update": "Change rooms, and who has a role in them.",
  "rooms:delete": "Delete rooms.",
};

/**
 * The description of the machine API in OpenAPI 3.1: requests from the schemas that parse them, answers from those that
 * type them. Made from configuration alone, so that the same server always says the same bytes.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function buildOpenApi({ publicUrl }: { publicUrl: string }): OpenApiDocument {
  return {
    openapi: "3.1.1",
    info: {
      title: "Vestibule machine API",
      version: "1",
      description:
        "Applications exchange their credentials for a token that acts for one person, and make meeting rooms with it. " +
        "Members and statuses may be added; what is described here does not change.",
      contact: { name: "Guide for developers", url: `${publicUrl}/developers` },
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: publicUrl }],
    externalDocs: { description: "Every error code: cause and remedy", url: errorPageOf(publicUrl) },
    tags: [
      { name: "Tokens", description: "Get, revoke and look up access tokens." },
      { name: "Rooms", description: "Rooms of the person acted for. Errors are problem JSON (RFC 9457)." },
      {
        name: "La Suite Meet",
        description:
          "The paths of that API, with its statuses and bodies: its clients change the host and the credentials. " +
          "A slash at the end, which they send, makes no difference.",
      },
      { name: "Discovery", description: "What clients can find out by themselves. Open to everybody." },
    ],
    paths: { ...OAUTH_PATHS, ...ROOM_PATHS, ...COMPATIBLE_PATHS },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        clientSecretBasic: {
          type: "http",
          scheme: "basic",
          description: "Client ID and client secret, both form-encoded (RFC 6749 §2.3.1).",
        },
        accessToken: {
          type: "oauth2",
          description: "A token of the token endpoint in the Authorization header, after `Bearer `.",
          flows: { clientCredentials: { tokenUrl: `${publicUrl}/api/oauth/token`, scopes: SCOPE_TEXTS } },
        },
      },
    },
  };
}
