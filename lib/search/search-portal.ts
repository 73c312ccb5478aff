import "server-only";

import type { Route } from "next";
import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { SEARCH_LENGTH_MAX } from "@/lib/list/list-address";
import type { PageResult } from "@/lib/list/page-result";
import { ERROR_CATALOGUE } from "@/lib/machine/problems/error-catalogue";
import { listPeople } from "@/lib/people/list-people";
import { personList } from "@/lib/people/person.schema";
import { isPermitted, type Permission, type StaffRole } from "@/lib/permissions";
import { type RoomAddresses, slugOfJoinLink } from "@/lib/rooms/representation/join-link";
import { listRoomsForStaff } from "@/lib/rooms/staff/list-rooms-for-staff";
import { roomList } from "@/lib/rooms/staff/staff-room.schema";
import { routes } from "@/lib/routes";
import { isUuid } from "@/lib/uuid";
import type { SearchInput } from "./search.schema";
import type { HitGroup, HitKind, SearchHit, SearchPurpose } from "./search.types";

/** How many hits of one kind are shown. */
export const HITS_MAX = 5;

/** So many rows are read, of which those come first that begin with what is searched for. */
const ROWS_READ = 10;

type Context = { role: StaffRole; now: Date; addresses: RoomAddresses };

const PERMISSIONS: Record<HitKind, Permission> = {
  application: "applications:read",
  person: "people:read",
  room: "rooms:read",
  request: "applications:read",
  error: "applications:read",
};

/** What a role must be allowed for an application to be chosen for something. */
const PURPOSES: Record<SearchPurpose, { permission: Permission; href(applicationId: string): Route }> = {
  rotate: { permission: "secrets:write", href: (id) => routes.applications.detail(id, { open: "rotate" }) },
  deactivate: {
    permission: "applications:write",
    href: (id) => routes.applications.detail(id, { open: "deactivate" }),
  },
  "check-access": { permission: "applications:read", href: (id) => routes.applications.checkAccess(id) },
};

/**
 * Finds what a text may name: applications, people and rooms as their lists find them, requests by their id, and error
 * codes. Of each kind the role may read, the first few. With a `purpose`: applications, leading to where that is done.
 */
export async function searchPortal({ q, purpose }: SearchInput, ctx: Context): Promise<HitGroup[]> {
  const groups = await Promise.all(
    purpose === undefined
      ? [
          ...when(ctx, "application", () => findApplications(q, ctx)),
          ...when(ctx, "person", () => findPeople(q)),
          ...when(ctx, "room", () => findRooms(q, ctx)),
          ...when(ctx, "request", () => findRequests(q, ctx)),
          ...when(ctx, "error", () => findErrors(q)),
        ]
      : isPermitted(ctx.role, PURPOSES[purpose].permission)
        ? [findApplications(q, ctx, purpose)]
        : [],
  );
  return groups.filter(({ hits }) => hits.length > 0);
}

/** Asks for nothing that the role may not see. */
function when<Found>({ role }: Context, kind: HitKind, find: () => Found): Found[] {
  return isPermitted(role, PERMISSIONS[kind]) ? [find()] : [];
}

async function findApplications(text: string, { now }: Context, purpose?: SearchPurpose): Promise<HitGroup> {
  const q = inList(text);
  const status = purpose === "deactivate" ? "active" : "";
  const asked = { ...applicationList.defaults, q, status, sort: "lastUsed", dir: "desc", perPage: ROWS_READ } as const;
  const href = purpose === undefined ? routes.applications.detail : PURPOSES[purpose].href;
  return toGroup("application", q, await listApplications(asked, now), {
    toHit: ({ id, name, clientId, isActive }) => ({
      id,
      title: name,
      detail: clientId,
      state: isActive ? null : "inactive",
      href: href(id),
    }),
    // The list leads to an application, not to what is done with it.
    allHref: purpose === undefined ? routes.applications.list(applicationList.toQuery({ q })) : null,
  });
}

async function findPeople(text: string): Promise<HitGroup> {
  const q = inList(text);
  return toGroup("person", q, await listPeople({ ...personList.defaults, q, perPage: ROWS_READ }), {
    toHit: ({ id, email, displayName, isActive }) => ({
      id,
      title: displayName ?? email,
      detail: displayName === null ? "" : email,
      state: isActive ? null : "inactive",
      href: routes.people.detail(id),
    }),
    allHref: routes.people.list(personList.toQuery({ q })),
  });
}

async function findRooms(text: string, { now, addresses }: Context): Promise<HitGroup> {
  const q = inList(slugOfJoinLink(text, addresses) ?? text);
  const asked = { ...roomList.defaults, q, perPage: ROWS_READ } as const;
  return toGroup("room", q, await listRoomsForStaff(asked, now, { isOwnOnly: true }), {
    toHit: ({ id, slug, name, state, owners: [owner] }) => ({
      id,
      title: name === "" ? slug : name,
      detail: [slug, owner?.email].filter((text) => text !== undefined).join(" · "),
      state: state === "open" ? null : state,
      href: routes.rooms.detail(id),
    }),
    allHref: routes.rooms.list(roomList.toQuery({ q })),
  });
}

/** Whether there is such a request is not asked: both logs say so, and what they keep is not the same. */
function findRequests(text: string, { role }: Context): HitGroup {
  const request = text.toLowerCase();
  const hit = { title: request, detail: "", state: null };
  const hits: SearchHit[] = [{ ...hit, id: "activity", href: routes.activity({ request }) }];
  if (isPermitted(role, "audit:read")) hits.push({ ...hit, id: "audit", href: routes.audit.list({ request }) });
  return { kind: "request", hits: isUuid(text) ? hits : [], allHref: null };
}

/** By a part of the code of at least three characters, as it stands in an answer or in words. */
function findErrors(text: string): HitGroup {
  const part = text.toLowerCase().replaceAll(/[\s-]+/g, "_");
  const found = part.length < 3 ? [] : ERROR_CATALOGUE.filter(({ code }) => code.includes(part));
  const hits = found.map(({ code, statuses }): SearchHit => {
    return { id: code, title: code, detail: statuses.join(", "), state: null, href: routes.developers.errors(code) };
  });
  const allHref = hits.length > HITS_MAX ? routes.developers.errors() : null;
  return { kind: "error", hits: bestFirst(hits, part).slice(0, HITS_MAX), allHref };
}

function toGroup<Row>(
  kind: HitKind,
  q: string,
  { rows, rowCount }: PageResult<Row>,
  { toHit, allHref }: { toHit(row: Row): SearchHit; allHref: Route | null },
): HitGroup {
  const hits = bestFirst(rows.map(toHit), q).slice(0, HITS_MAX);
  return { kind, hits, allHref: rowCount > hits.length ? allHref : null };
}

/** What is called so comes before what begins so, and that before what merely has it in it; otherwise as it was found. */
function bestFirst(hits: SearchHit[], q: string): SearchHit[] {
  const wanted = q.toLowerCase();
  const rankOf = ({ title, detail }: SearchHit) => {
    const texts = [title.toLowerCase(), detail.toLowerCase()];
    return texts.includes(wanted) ? 0 : texts.some((text) => text.startsWith(wanted)) ? 1 : 2;
  };
  return hits.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** As much of a text as the lists search for. */
function inList(text: string): string {
  return text.slice(0, SEARCH_LENGTH_MAX);
}
