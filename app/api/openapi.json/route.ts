import { openApiResource } from "@/lib/developers/openapi/openapi-endpoint";
import { routeHandlers } from "@/lib/http/endpoint";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(openApiResource);
