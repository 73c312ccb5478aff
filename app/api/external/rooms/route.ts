import { routeHandlers } from "@/lib/http/endpoint";
import { roomsResource } from "@/lib/machine/resources/rooms";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(roomsResource);
