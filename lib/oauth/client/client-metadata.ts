// The values of RFC 7591 §2 client metadata that exist here. Free of imports, so that a browser may hold them too.

/** What a client may exchange for a token. */
const CLIENT_CREDENTIALS_GRANT = "client_credentials";
/** RFC 7523 §2.1: the client signs for whom it acts. */
export const JWT_BEARER_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
export const GRANT_TYPES = [CLIENT_CREDENTIALS_GRANT, JWT_BEARER_GRANT] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** How a client may prove who it is (RFC 8414 §2, `token_endpoint_auth_methods_supported`). */
export const CLIENT_AUTHENTICATION_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"] as const;
export type ClientAuthenticationMethod = (typeof CLIENT_AUTHENTICATION_METHODS)[number];

/** RFC 7523 §2.2: the one value of `client_assertion_type`. */
export const CLIENT_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
