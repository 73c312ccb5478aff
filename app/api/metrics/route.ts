import { routeHandlers } from "@/lib/http/endpoint";
import { metricsResource } from "@/lib/server/metrics/metrics-endpoint";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(metricsResource);
