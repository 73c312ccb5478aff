import type { ActivityRow } from "@/lib/activity/activity-row";
import { storeActivity } from "@/lib/activity/store-activity";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { toSeededRow } from "./seed-activity";
import type { SeededApplication } from "./seed-applications";
import { admits, type SeededPerson } from "./seed-people-and-rooms";
import type { Seed } from "./seed-world";

const DAYS = 31;
/** The hours in which people work, UTC. */
const HOURS = [8, 10, 14, 16] as const;
const REFUSALS = ["domain_not_allowed", "scope_not_granted", "secret_not_live", "person_inactive"] as const;

const REFUSED = {
  tokens: { method: "POST", path: "/api/oauth/token", status: 400 },
  rooms: { method: "POST", path: "/api/external/rooms", status: 403 },
} as const;

/** Stores a month of calls by the hour and by the day: fewer at weekends, some refused. */
export async function seedUsage(
  seed: Seed,
  applications: readonly SeededApplication[],
  people: readonly SeededPerson[],
): Promise<void> {
  const { database, random, now } = seed;
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const hours = [];
  const daily = new Map<string, { day: Date; applicationId: string; kind: string; outcome: string; count: number }>();
  const refusals: ActivityRow[] = [];
  for (const application of applications) {
    const { id: applicationId, usedDaysAgo, credentialId } = application;
    const served = people.filter((person) => admits(application, person));
    if (usedDaysAgo === undefined || served.length === 0) continue;
    for (let back = DAYS; back >= Math.floor(usedDaysAgo); back -= 1) {
      const day = new Date(today - back * DAY_MS);
      const isWeekend = [0, 6].includes(day.getUTCDay());
      for (const hourOfDay of HOURS) {
        const hour = new Date(day.getTime() + hourOfDay * HOUR_MS);
        if (hour >= now || (isWeekend && random.chance(0.8))) continue;
        for (const kind of ["tokens", "rooms"] as const) {
          const isRefused = random.chance(0.06);
          const outcome = isRefused ? random.pick(REFUSALS) : "ok";
          const person = random.pick(outcome === "domain_not_allowed" ? people : served);
          const count = isRefused ? random.whole(1, 4) : random.whole(2, kind === "rooms" ? 60 : 20);
          const lastAt = new Date(Math.min(hour.getTime() + random.whole(1, 59) * 60_000, now.getTime()));
          hours.push({ hour, applicationId, credentialId, personId: person.id, kind, outcome, count, lastAt });
          const key = `${day.toISOString()} ${applicationId} ${kind} ${outcome}`;
          const before = daily.get(key)?.count ?? 0;
          daily.set(key, { day, applicationId, kind, outcome, count: before + count });
          if (isRefused) {
            const who = { applicationId, credentialId, personId: person.id };
            refusals.push(toSeededRow(seed, { ...REFUSED[kind], ...who, at: lastAt, kind, reason: outcome }));
          }
        }
      }
    }
  }
  await database.usageHourly.createMany({ data: hours, skipDuplicates: true });
  await database.usageDaily.createMany({ data: [...daily.values()] });
  await storeActivity(refusals);
}
