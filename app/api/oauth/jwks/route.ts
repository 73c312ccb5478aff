import { jwksEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  jwksEndpoint as DELETE,
  jwksEndpoint as GET,
  jwksEndpoint as HEAD,
  jwksEndpoint as OPTIONS,
  jwksEndpoint as PATCH,
  jwksEndpoint as POST,
  jwksEndpoint as PUT,
};
