import { revocationEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  revocationEndpoint as DELETE,
  revocationEndpoint as GET,
  revocationEndpoint as HEAD,
  revocationEndpoint as OPTIONS,
  revocationEndpoint as PATCH,
  revocationEndpoint as POST,
  revocationEndpoint as PUT,
};
