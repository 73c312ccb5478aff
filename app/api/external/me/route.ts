import { routeHandlers } from "@/lib/http/endpoint";
import { meResource } from "@/lib/machine/resources/me";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(meResource);
