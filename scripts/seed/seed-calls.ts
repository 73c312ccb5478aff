import type { ActivityRow } from "@/lib/activity/activity-row";
import { storeActivity } from "@/lib/activity/store-activity";
import { SCOPES } from "@/lib/applications/scopes";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { countActivity } from "@/lib/usage/count-activity";
import type { SeededApplication } from "./seed-applications";
import { domainOf, mayActFor, type SeededPerson, type SeededRoom } from "./seed-people-and-rooms";
import type { Seed } from "./seed-world";

/** As long as activity is kept. */
const DAYS = 30;
/** The hours in which people work, UTC. */
const HOURS = [8, 10, 14, 16] as const;
const REFUSED_SHARE = 0.06;
const ROWS_AT_ONCE = 1_000;

type World = {
  applications: readonly SeededApplication[];
  people: readonly SeededPerson[];
  rooms: readonly SeededRoom[];
};
type Said = Pick<ActivityRow, "kind" | "method" | "path" | "status" | "personId"> & Partial<ActivityRow>;

const TOKEN = { kind: "tokens", method: "POST", path: "/api/oauth/token", status: 200 } as const;
const ROOMS = { kind: "rooms", method: "GET", path: "/api/external/rooms", status: 200 } as const;

/**
 * Stores a month of calls, fewer at weekends and some of them refused, and counts them as the product does: what the log,
 * the charts and the last uses say comes from one list. Nothing is called before it was made or after it was last used,
 * and nothing is refused that the rules would let pass.
 */
export async function seedCalls(seed: Seed, world: World): Promise<void> {
  const rows = world.applications.flatMap((application) => [
    ...workingHours(seed, application, world.people),
    ...madeRooms(seed, application, world.rooms),
    ...lastUses(seed, application, world.people),
  ]);
  rows.sort((one, other) => one.at.getTime() - other.at.getTime());
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await storeActivity(rows.slice(from, from + ROWS_AT_ONCE));
  await countActivity(seed.now);
}

/** Makes a row of a call of `application`, with the credential that it used then. */
function toRow({ random }: Seed, application: SeededApplication, at: Date, said: Said): ActivityRow {
  return {
    at,
    requestId: random.uuid(),
    reason: null,
    applicationId: application.id,
    clientId: null,
    isProven: true,
    credentialId: credentialAt(application, at),
    roomId: null,
    domain: null,
    scopes: said.kind === "tokens" && said.reason === undefined ? [...application.scopes] : null,
    jti: said.kind === "tokens" && said.reason === undefined ? random.uuid() : null,
    ip: random.address(),
    durationUs: random.whole(1_500, 9_000),
    requests: 1,
    ...said,
  };
}

/** The newest of those that were there and still used. */
function credentialAt({ credentials }: SeededApplication, at: Date): string | null {
  const used = credentials.filter(
    ({ createdAt, lastUsedAt }) => createdAt <= at && lastUsedAt !== null && at <= lastUsedAt,
  );
  return used[0]?.id ?? null;
}

function workingHours(seed: Seed, application: SeededApplication, people: readonly SeededPerson[]): ActivityRow[] {
  const { random, now } = seed;
  const { createdAt, lastUsedAt, scopes } = application;
  if (lastUsedAt === null || scopes.length === 0) return [];
  const rows: ActivityRow[] = [];
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  for (let back = DAYS - 1; back >= 0; back -= 1) {
    const day = today - back * DAY_MS;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    for (const hour of HOURS) {
      if (isWeekend && random.chance(0.8)) continue;
      const moment = () => new Date(day + hour * HOUR_MS + random.whole(0, 59 * 60) * 1_000);
      const said = Array.from({ length: random.whole(1, 4) }, () => ({ at: moment(), isRead: false }));
      if (scopes.includes("rooms:list")) {
        said.push(...Array.from({ length: random.whole(1, 6) }, () => ({ at: moment(), isRead: true })));
      }
      for (const { at, isRead } of said) {
        if (at <= createdAt || at >= lastUsedAt || credentialAt(application, at) === null) continue;
        const refusals = random.chance(REFUSED_SHARE) ? refusalsOf(application, people, at) : [];
        const served = people.filter((person) => person.createdAt <= at && mayActFor(application, person));
        if (refusals.length > 0) rows.push(toRow(seed, application, at, random.pick(random.pick(refusals))));
        else if (served.length > 0) {
          rows.push(toRow(seed, application, at, { ...(isRead ? ROOMS : TOKEN), personId: random.pick(served).id }));
        }
      }
    }
  }
  return rows;
}

/** What the rules would have refused the application at that moment, by their reason: one is as likely as the other. */
function refusalsOf(application: SeededApplication, people: readonly SeededPerson[], at: Date): Said[][] {
  const { id: applicationId, domains, lists, scopes } = application;
  const known = people.filter(({ createdAt }) => createdAt <= at);
  const served = known.filter((person) => mayActFor(application, person));
  const inDomain = known.filter(({ email }) => domains.length === 0 || domains.includes(domainOf(email)));
  const outside = known.filter((person) => !inDomain.includes(person));
  const hasAllowList = lists?.allow !== undefined;
  const unlisted = hasAllowList ? inDomain.filter(({ listedBy }) => !listedBy.allow.includes(applicationId)) : [];
  const inactive = hasAllowList
    ? []
    : inDomain.filter(({ isActive, listedBy }) => !isActive && !listedBy.deny.includes(applicationId));
  const token = (
    reason: OAuthReason,
    persons: readonly SeededPerson[],
    more: (email: string) => Partial<Said> = () => ({}),
  ) => persons.map(({ id, email }): Said => ({ ...TOKEN, status: 400, reason, personId: id, ...more(email) }));
  const call = (reason: OAuthReason, persons: readonly SeededPerson[]) =>
    persons.map(({ id }): Said => ({ ...ROOMS, method: "POST", status: 403, reason, personId: id }));
  return [
    token("domain_not_allowed", outside, (email) => ({ domain: domainOf(email) })),
    token("subject_inactive", inactive),
    token("subject_not_listed", unlisted),
    token("scope_not_granted", scopes.length < SCOPES.length ? served : []),
    call("scope_missing", scopes.includes("rooms:create") ? [] : served),
  ].filter((causes) => causes.length > 0);
}

/** The token and the call by which each room came to be. */
function madeRooms(seed: Seed, application: SeededApplication, rooms: readonly SeededRoom[]): ActivityRow[] {
  const since = new Date(seed.now.getTime() - DAYS * DAY_MS);
  return rooms
    .filter(({ applicationId, createdAt }) => applicationId === application.id && createdAt > since)
    .flatMap(({ id: roomId, personId, createdAt }) => [
      toRow(seed, application, new Date(createdAt.getTime() - 20_000), { ...TOKEN, personId }),
      toRow(seed, application, createdAt, { ...ROOMS, method: "POST", status: 201, personId, roomId }),
    ]);
}

/** The call after which each credential, and the application with it, says when it was last used. */
function lastUses(seed: Seed, application: SeededApplication, people: readonly SeededPerson[]): ActivityRow[] {
  const since = new Date(seed.now.getTime() - DAYS * DAY_MS);
  return application.credentials.flatMap(({ id, lastUsedAt }) => {
    if (lastUsedAt === null || lastUsedAt <= since) return [];
    const served = people.filter((person) => person.createdAt <= lastUsedAt && mayActFor(application, person));
    const personId = seed.random.pick(served).id;
    return [toRow(seed, application, lastUsedAt, { ...TOKEN, personId, credentialId: id })];
  });
}
