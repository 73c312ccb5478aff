import { protectedResourceEndpoint } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

// Every method is exported: for one that is missing the framework would answer 405 without `Allow`.
export {
  protectedResourceEndpoint as DELETE,
  protectedResourceEndpoint as GET,
  protectedResourceEndpoint as HEAD,
  protectedResourceEndpoint as OPTIONS,
  protectedResourceEndpoint as PATCH,
  protectedResourceEndpoint as POST,
  protectedResourceEndpoint as PUT,
};
