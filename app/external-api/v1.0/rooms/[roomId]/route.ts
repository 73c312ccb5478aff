import { routeHandlers } from "@/lib/http/endpoint";
import { compatibleRoomResource } from "@/lib/machine/resources/compatible-room";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(compatibleRoomResource);
