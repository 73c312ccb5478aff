import { routeHandlers } from "@/lib/http/endpoint";
import { compatibleRoomsResource } from "@/lib/machine/resources/compatible-rooms";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(compatibleRoomsResource);
