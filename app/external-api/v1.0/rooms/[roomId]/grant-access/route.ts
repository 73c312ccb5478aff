import { routeHandlers } from "@/lib/http/endpoint";
import { compatibleGrantAccessResource } from "@/lib/machine/resources/compatible-grant-access";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(compatibleGrantAccessResource);
