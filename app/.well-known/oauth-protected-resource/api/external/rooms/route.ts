import { routeHandlers } from "@/lib/http/endpoint";
import { protectedResourceResource } from "@/lib/machine/endpoints";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(protectedResourceResource);
