import { compatibleTokenEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  compatibleTokenEndpoint as DELETE,
  compatibleTokenEndpoint as GET,
  compatibleTokenEndpoint as HEAD,
  compatibleTokenEndpoint as OPTIONS,
  compatibleTokenEndpoint as PATCH,
  compatibleTokenEndpoint as POST,
  compatibleTokenEndpoint as PUT,
};
