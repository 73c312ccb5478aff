import "server-only";

import { isUuid } from "@/lib/uuid";

/** The addresses of the external API, with a name for each part that is a caller's. */
export const EXTERNAL_PATHS = [
  "/api/external/me",
  "/api/external/rooms",
  "/api/external/rooms/{room_id}",
  "/api/external/rooms/{room_id}/accesses",
  "/api/external/rooms/{room_id}/accesses/{access_id}",
  "/external-api/v1.0/rooms",
  "/external-api/v1.0/rooms/{room_id}",
  "/external-api/v1.0/rooms/{room_id}/grant-access",
] as const;

const TEMPLATES = EXTERNAL_PATHS.map((path) => ({ path, parts: path.split("/") }));

/** Returns which address of the external API a path is; `unknown` for none. Nothing that was sent comes through. */
export function toPathTemplate(pathname: string): string {
  const sent = pathname.replace(/\/$/, "").split("/");
  const isOne = (parts: readonly string[]) =>
    parts.length === sent.length && parts.every((part, index) => part.startsWith("{") || part === sent[index]);
  return TEMPLATES.find(({ parts }) => isOne(parts))?.path ?? "unknown";
}

/** Returns the id of the room that a call was about: that in its path, or of the room that was made; null for none. */
export function roomIdOf(pathname: string, location: string | null): string | null {
  const [, id] = /\/rooms\/([^/]+)/.exec(location ?? pathname) ?? [];
  return isUuid(id) ? id.toLowerCase() : null;
}
