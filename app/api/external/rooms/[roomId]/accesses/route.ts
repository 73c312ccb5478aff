import { routeHandlers } from "@/lib/http/endpoint";
import { roomAccessesResource } from "@/lib/machine/resources/room-accesses";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeHandlers(roomAccessesResource);
