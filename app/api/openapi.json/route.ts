import { openApiEndpoint } from "@/lib/developers/openapi/openapi-endpoint";
import { everyMethod } from "@/lib/http/every-method";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = everyMethod(openApiEndpoint);
