import { metadataEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  metadataEndpoint as DELETE,
  metadataEndpoint as GET,
  metadataEndpoint as HEAD,
  metadataEndpoint as OPTIONS,
  metadataEndpoint as PATCH,
  metadataEndpoint as POST,
  metadataEndpoint as PUT,
};
