import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors/app-error";
import { type RoomAddresses, slugOfJoinLink } from "@/lib/rooms/representation/join-link";
import type { RoomContext } from "@/lib/rooms/room-context";
import type { ListRoomsQuery } from "./room-query.schema";

/**
 * Says in SQL which rooms, called `r`, a query asks for, whoever has a role in them. Throws AppError `invalid` on `url` for an address that is no join link of this server.
 */
export function roomFilter(
  query: ListRoomsQuery,
  { actor, config }: Pick<RoomContext, "actor" | "config">,
): Prisma.Sql {
  const { external_id: externalId, updated_since: updatedSince, access_level: accessLevel } = query;
  const conditions = [Prisma.sql`r.deleted_at IS NULL`];
  for (const slug of [query.slug, slugFromLink(query.url, config)]) {
    if (slug !== undefined) conditions.push(Prisma.sql`r.slug = ${slug}`);
  }
  // An external id is a name that one application gives: those of others mean something else.
  if (query.created_by === "me" || externalId !== undefined) {
    conditions.push(Prisma.sql`r.created_by_application_id = ${actor.id}::uuid`);
  }
  if (externalId !== undefined) conditions.push(Prisma.sql`r.external_id = ${externalId}`);
  if (updatedSince !== undefined) conditions.push(Prisma.sql`r.updated_at >= ${updatedSince}::timestamptz`);
  if (accessLevel !== undefined) conditions.push(Prisma.sql`r.access_level = ${accessLevel}::room_access_level`);
  return Prisma.join(conditions, " AND ");
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
