import { openApiEndpoint } from "@/lib/developers/openapi/openapi-endpoint";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  openApiEndpoint as DELETE,
  openApiEndpoint as GET,
  openApiEndpoint as HEAD,
  openApiEndpoint as OPTIONS,
  openApiEndpoint as PATCH,
  openApiEndpoint as POST,
  openApiEndpoint as PUT,
};
