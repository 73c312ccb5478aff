/** The messages that client components of the portal say. What only the server says is not sent to the browser. */
export const CLIENT_NAMESPACES = [
  "application",
  "applicationForm",
  "applications",
  "authentication",
  "authenticationMethods",
  "callsPreview",
  "copyField",
  "errors",
  "failure",
  "form",
  "freshSignIn",
  "grantTypes",
  "list",
  "reveal",
  "scopes",
] as const;
