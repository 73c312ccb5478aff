import "server-only";

import type { Operation, PathItem, ResponseObject } from "../openapi.types";
import { schemaRef } from "./component-schemas";
import {
  emptyAnswer,
  HEADERS,
  jsonAnswer,
  oauthRefusals,
  REVOCATION_TIMES,
  type Responses,
  withQuota,
} from "./response-objects";

type Described = Pick<Operation, "operationId" | "summary" | "description">;

const CACHED = { "Cache-Control": HEADERS["Cache-Control"] };

/** Beside what the Authorization header says. */
const EXAMPLES = {
  TokenRequest: { grant_type: "client_credentials", requested_subject: "ana@example.com" },
  PresentedTokenRequest: { token: "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl" },
} as const;

/** An endpoint at which a client proves who it is. */
export function posted(
  operation: Described & { tag: string; body: keyof typeof EXAMPLES; responses: Responses },
): PathItem {
  const { tag, body, responses, ...rest } = operation;
  const described = { schema: schemaRef(body), example: EXAMPLES[body] };
  const content = { "application/x-www-form-urlencoded": described, "application/json": described };
  const security = [{ clientSecretBasic: [] }, {}];
  return { post: { ...rest, tags: [tag], security, requestBody: { required: true, content }, responses } };
}

function answeredWith(success: ResponseObject) {
  const responses = withQuota({ 200: success, ...oauthRefusals(400, 401, 413, 415, 429, 431, 500, 503) });
  return { tag: "Tokens", responses };
}

function published(operation: Described & { success: ResponseObject }): PathItem {
  const { success, ...rest } = operation;
  const responses = { 200: success, ...oauthRefusals(400, 413, 415, 431, 500) };
  return { get: { ...rest, tags: ["Discovery"], security: [], responses } };
}

/** The endpoints of the authorization server. */
export const OAUTH_PATHS: Readonly<Record<string, PathItem>> = {
  "/api/oauth/token": posted({
    operationId: "createToken",
    summary: "Get an access token",
    description:
      "Exchanges the application's credentials for a token that acts for one person (RFC 6749 §4.4, RFC 7523 §2.1). " +
      "Credentials go into the Authorization header or into the body, never both.",
    body: "TokenRequest",
    ...answeredWith(jsonAnswer("A token.", "TokenResponse", { ...CACHED, ...REVOCATION_TIMES })),
  }),
  "/api/oauth/revoke": posted({
    operationId: "revokeToken",
    summary: "Revoke a token",
    description: "Ends a token of this client at once (RFC 7009). A token that is unknown or over is answered alike.",
    body: "PresentedTokenRequest",
    ...answeredWith(emptyAnswer("The token does not work, or no longer.", CACHED)),
  }),
  "/api/oauth/introspect": posted({
    operationId: "introspectToken",
    summary: "Ask what a token is worth",
    description: "What a token of this client may do at this moment (RFC 7662). Any other token is not active.",
    body: "PresentedTokenRequest",
    ...answeredWith(jsonAnswer("Whether it is active and, if so, for what.", "Introspection", CACHED)),
  }),
  "/api/oauth/jwks": published({
    operationId: "listKeys",
    summary: "Read the keys that verify tokens",
    description: "A JWK set (RFC 7517). Cache it as long as Cache-Control says and look again for an unknown kid.",
    success: jsonAnswer("The public keys, newest first.", "Jwks", CACHED),
  }),
  "/.well-known/oauth-authorization-server": published({
    operationId: "readServerMetadata",
    summary: "Read the metadata of the server",
    description: "RFC 8414.",
    success: jsonAnswer("What the authorization server offers, and where.", "ServerMetadata", CACHED),
  }),
  "/.well-known/oauth-protected-resource/api/external/rooms": published({
    operationId: "readResourceMetadata",
    summary: "Read the metadata of the rooms API",
    description: "RFC 9728.",
    success: jsonAnswer("Who issues tokens for the rooms API.", "ResourceMetadata", CACHED),
  }),
};
