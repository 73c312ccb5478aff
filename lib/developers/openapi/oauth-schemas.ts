import "server-only";

import { z } from "zod";
import { SCOPES } from "@/lib/applications/scopes";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { OAUTH_ERRORS, type OAuthErrorCode } from "@/lib/oauth/oauth-error";

// The protocol core parses by hand, because the RFCs ask for more than a schema can say. These describe what it takes
// and answers; the end-to-end run holds every answer to them.

const credentials = {
  client_id: z.string().optional().meta({ description: "Unless the Authorization header or the assertion names it." }),
  client_secret: z.string().optional().meta({ description: "Instead of the Authorization header." }),
  client_assertion_type: z
    .literal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    .optional()
    .meta({ description: "With client_assertion, for clients that sign." }),
  client_assertion: z.string().optional().meta({ description: "A JWT signed with a registered key (RFC 7523)." }),
};

export const tokenRequest = z
  .object({
    grant_type: z.enum(GRANT_TYPES),
    scope: z
      .string()
      .optional()
      .meta({
        description:
          "A choice of the application's scopes, all of them when it is left out. Without requested_subject it must also " +
          "hold the e-mail address of the person to act for; a signed assertion names the person itself.",
        examples: ["rooms:create", "ana@example.com", "ana@example.com rooms:create"],
      }),
    requested_subject: z
      .string()
      .optional()
      .meta({
        description:
          "The e-mail address of the person to act for. An address in the scope, or in the signed assertion, must be the " +
          "same.",
        examples: ["ana@example.com"],
      }),
    assertion: z.string().optional().meta({ description: "For the JWT bearer grant: the signed delegation." }),
    resource: z.url().optional().meta({ description: "If sent, the audience of the tokens (RFC 8707)." }),
    ...credentials,
  })
  .meta({ description: "Each parameter at most once; others are ignored." });

export const presentedTokenRequest = z.object({
  token: z.string().meta({ description: "An access token that this client obtained." }),
  token_type_hint: z.string().optional().meta({ description: "Changes nothing: there is one type of token." }),
  ...credentials,
});

export const tokenResponse = z.strictObject({
  access_token: z.string().meta({ description: "A JWT (RFC 9068). Treat it as opaque." }),
  token_type: z.literal("Bearer"),
  expires_in: z.int().positive().meta({ description: "Seconds." }),
  scope: z.string().meta({ description: "The scopes granted, separated by spaces; may be empty." }),
});

const codes = Object.keys(OAUTH_ERRORS) as [OAuthErrorCode, ...OAuthErrorCode[]];

export const oauthError = z.strictObject({
  error: z.enum(codes),
  error_description: z.string().meta({ description: "One English sentence for developers. May change." }),
  error_uri: z.url().meta({ description: "Where the code is explained." }),
  detail: z.string().meta({ description: "The same as error_description, for clients of other APIs." }),
});

export const introspectionResponse = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    scope: z
      .string()
      .meta({ description: "What the token is good for now, which may be less than when it was issued." }),
    client_id: z.string(),
    username: z
      .email()
      .meta({ description: "The e-mail address of the person. In no token; for its application alone." }),
    sub: z.uuid(),
    aud: z.url(),
    iss: z.url(),
    exp: z.int(),
    iat: z.int(),
    jti: z.string(),
    token_type: z.literal("Bearer"),
  }),
]);

export const jwks = z.strictObject({
  // Each kind of key has members of its own.
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string(), use: z.literal("sig") })),
});

const methods = z.array(z.enum(CLIENT_AUTHENTICATION_METHODS));
const algorithms = z.array(z.string());

export const serverMetadata = z.strictObject({
  issuer: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  scopes_supported: z.array(z.enum(SCOPES)),
  response_types_supported: z.array(z.string()).max(0),
  requested_subject_parameter_supported: z
    .literal(true)
    .meta({ description: "The token endpoint takes requested_subject. A member of this server's own." }),
  grant_types_supported: z.array(z.enum(GRANT_TYPES)),
  service_documentation: z.url(),
  token_endpoint_auth_methods_supported: methods,
  token_endpoint_auth_signing_alg_values_supported: algorithms,
  revocation_endpoint: z.url(),
  revocation_endpoint_auth_methods_supported: methods,
  revocation_endpoint_auth_signing_alg_values_supported: algorithms,
  introspection_endpoint: z.url(),
  introspection_endpoint_auth_methods_supported: methods,
  introspection_endpoint_auth_signing_alg_values_supported: algorithms,
});

export const resourceMetadata = z.strictObject({
  resource: z.url(),
  authorization_servers: z.array(z.url()),
  scopes_supported: z.array(z.enum(SCOPES)),
  bearer_methods_supported: z.array(z.literal("header")),
  resource_name: z.string(),
  resource_documentation: z.url(),
});

/** RFC 9457, and the names of fields with what is wrong with each. */
export const problem = z
  .object({
    type: z.string().meta({ description: "Where the code is explained, or about:blank." }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "One English sentence for developers. May change." }),
    code: z.string().optional().meta({ description: "For programs. Absent when HTTP itself was refused." }),
  })
  .catchall(z.unknown())
  .meta({ description: "Field errors are further members: lists of sentences under the field's name." });
