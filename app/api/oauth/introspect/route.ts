import { introspectionEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  introspectionEndpoint as DELETE,
  introspectionEndpoint as GET,
  introspectionEndpoint as HEAD,
  introspectionEndpoint as OPTIONS,
  introspectionEndpoint as PATCH,
  introspectionEndpoint as POST,
  introspectionEndpoint as PUT,
};
