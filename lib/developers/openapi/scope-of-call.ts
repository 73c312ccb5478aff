import "server-only";

import { SCOPES, type Scope } from "@/lib/applications/scopes";
import type { PathItem } from "../openapi.types";
import { COMPATIBLE_PATHS } from "./compatible-paths";
import { ROOM_PATHS } from "./room-paths";

/** Returns which scope a call of the external API takes, by its method and the template of its path; undefined for none. */
export function scopeOfCall({ method, path }: { method: string; path: string }): Scope | undefined {
  const items = Object.entries<PathItem>({ ...ROOM_PATHS, ...COMPATIBLE_PATHS });
  const item = items.find(([described]) => shapeOf(described) === shapeOf(path))?.[1];
  const operation = Object.entries(item ?? {}).find(([name]) => name === method.toLowerCase())?.[1];
  const named = operation?.security?.flatMap((one) => Object.values(one).flat()) ?? [];
  return SCOPES.find((scope) => named.includes(scope));
}

/** What parts of a path are called differs between what is told to developers and what is written down. */
function shapeOf(path: string): string {
  return path.replace(/\/$/, "").replace(/\{\w+\}/g, "{}");
}
