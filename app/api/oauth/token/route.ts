import { tokenEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  tokenEndpoint as DELETE,
  tokenEndpoint as GET,
  tokenEndpoint as HEAD,
  tokenEndpoint as OPTIONS,
  tokenEndpoint as PATCH,
  tokenEndpoint as POST,
  tokenEndpoint as PUT,
};
