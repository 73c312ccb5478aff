import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { type RoomAddresses, slugOfJoinLink } from "@/lib/rooms/representation/join-link";
import type { RoomContext } from "@/lib/rooms/room-context";
import type { ListRoomsQuery } from "./room-query.schema";

/**
 * The condition for the rooms that a query asks for, among those in which the person acted for has a role. Throws
 * AppError `invalid` on `url` for an address that is no join link of this server.
 */
export function roomFilter(query: ListRoomsQuery, { actor, config }: Pick<RoomContext, "actor" | "config">) {
  const { external_id: externalId, updated_since: updatedSince, access_level: accessLevel } = query;
  const slugs = [query.slug, slugFromLink(query.url, config)].filter((slug) => slug !== undefined);
  // An external id is a name that one application gives: those of others mean something else.
  const isOwnOnly = query.created_by === "me" || externalId !== undefined;
  return {
    deletedAt: null,
    accesses: { some: { personId: actor.personId } },
    AND: slugs.map((slug) => ({ slug })),
    ...(isOwnOnly ? { createdByApplicationId: actor.id } : {}),
    ...(externalId === undefined ? {} : { externalId }),
    ...(updatedSince === undefined ? {} : { updatedAt: { gte: updatedSince } }),
    ...(accessLevel === undefined ? {} : { accessLevel }),
  };
}

/** The filters of a query as they are written in one: what has to be said again to get the rest of the same list. */
export function filterParameters(query: ListRoomsQuery): [name: string, value: string][] {
  const { external_id, slug, url, created_by, updated_since, access_level } = query;
  const filters = { external_id, slug, url, created_by, updated_since: updated_since?.toISOString(), access_level };
  return Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function slugFromLink(link: string | undefined, addresses: RoomAddresses): string | undefined {
  if (link === undefined) return undefined;
  const slug = slugOfJoinLink(link, addresses);
  if (slug === undefined) throw new AppError("invalid", "invalid", { fieldErrors: { url: "join_link_unknown" } });
  return slug;
}
