import type { PersonRuleEffect } from "@/lib/applications/delegation/delegation.schema";
import { generatePinCode, generateRoomSlug } from "@/lib/rooms/room-slug";
import { DAY_MS } from "@/lib/time";
import type { SeededApplication } from "./seed-applications";
import { daysAgo, type Seed } from "./seed-world";

const FIRST = ["Alix", "Bao", "Camille", "Dounia", "Élise", "Farid", "Gaël", "Hélène", "Inès", "Jules"] as const;
const LAST = ["Arnaud", "Bernard", "Chevalier", "Diallo", "Étienne", "Faure", "Garnier", "Haddad"] as const;
const LEVELS = ["public", "trusted", "restricted"] as const;
const PEOPLE = 120;
const ROOMS = 200;
const EFFECTS = ["allow", "deny"] as const;
/** The first of the people on the lists of applications that have some. */
const FIRST_LISTED = { allow: 0, deny: 50 } as const;

export type SeededPerson = {
  id: string;
  email: string;
  isActive: boolean;
  isDelegationAllowed: boolean;
  createdByApplicationId: string | null;
  createdAt: Date;
  /** The applications on whose lists they are. */
  listedBy: Readonly<Record<PersonRuleEffect, readonly string[]>>;
};
export type SeededRoom = {
  id: string;
  slug: string;
  name: string;
  applicationId: string;
  personId: string;
  createdAt: Date;
};

/** Stores people: with and without a name, switched off, and some who cannot be acted for. */
export async function seedPeople(seed: Seed, applications: readonly SeededApplication[]): Promise<SeededPerson[]> {
  const { database, random } = seed;
  const limited = applications.filter(({ domains }) => domains.length > 0);
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const [first, last] = [FIRST[index % FIRST.length] ?? "Alix", LAST[index % LAST.length] ?? "Arnaud"];
    // Each has somebody for whom it may act, from its beginning; the one that is looked at first has many.
    const served = limited[index];
    const application = served ?? (index % 8 === 0 ? limited[0] : undefined) ?? random.pick(limited);
    const days = served === undefined ? random.whole(1, 90) : 90;
    return {
      id: random.uuid(),
      email: `${plain(first)}.${plain(last)}.${index}@${random.pick(application.domains)}`,
      displayName: random.chance(0.8) ? `${first} ${last}` : null,
      isActive: served !== undefined || index % 15 !== 14,
      isDelegationAllowed: served !== undefined || index % 20 !== 19,
      createdByApplicationId: random.chance(0.9) ? application.id : null,
      // Nobody becomes known through an application that is not there yet.
      createdAt: daysAgo(seed, Math.min(days, application.createdDaysAgo)),
    };
  });
  await database.person.createMany({ data: people.map((person) => ({ ...person, updatedAt: person.createdAt })) });
  const isListed = (effect: PersonRuleEffect, index: number, { lists = {} }: SeededApplication) =>
    index >= FIRST_LISTED[effect] && index < FIRST_LISTED[effect] + (lists[effect] ?? 0);
  const listed = people.map((person, index) => {
    const listers = (effect: PersonRuleEffect) =>
      applications.filter((application) => isListed(effect, index, application)).map(({ id }) => id);
    return { ...person, listedBy: { allow: listers("allow"), deny: listers("deny") } };
  });
  await database.applicationPersonRule.createMany({
    data: listed.flatMap(({ email, createdAt, listedBy }) =>
      EFFECTS.flatMap((effect) =>
        listedBy[effect].map((applicationId) => ({ id: random.uuid(), applicationId, email, effect, createdAt })),
      ),
    ),
  });
  return listed;
}

/** What stands behind the @ of an address. */
export function domainOf(email: string): string {
  return email.slice(email.indexOf("@") + 1);
}

/** Whether the application may act for the person, as the product's rules have it. */
export function mayActFor({ id, domains, lists }: SeededApplication, person: SeededPerson): boolean {
  return (
    person.isActive &&
    person.isDelegationAllowed &&
    !person.listedBy.deny.includes(id) &&
    (lists?.allow === undefined || person.listedBy.allow.includes(id)) &&
    (domains.length === 0 || domains.includes(domainOf(person.email)))
  );
}

/** Stores rooms of every access level, among them deleted and expired ones, and ones with the application's own name. */
export async function seedRooms(
  seed: Seed,
  applications: readonly SeededApplication[],
  people: readonly SeededPerson[],
): Promise<SeededRoom[]> {
  const { database, random } = seed;
  const makers = applications.filter(({ scopes }) => scopes.includes("rooms:create"));
  const ageOf = ({ createdAt }: SeededPerson) => (seed.now.getTime() - createdAt.getTime()) / DAY_MS;
  /** The days, counting back, between which the application could have made a room for the person. */
  const spanOf = ({ createdDaysAgo, usedDaysAgo = createdDaysAgo }: SeededApplication, owner: SeededPerson) => ({
    last: usedDaysAgo,
    first: Math.min(createdDaysAgo, ageOf(owner)),
  });
  const pairs = people.flatMap((owner) =>
    makers
      .filter((maker) => mayActFor(maker, owner) && spanOf(maker, owner).first > spanOf(maker, owner).last + 1)
      .map((maker) => ({ owner, maker })),
  );
  const rooms = Array.from({ length: ROOMS }, (_, index) => {
    const { owner, maker } = random.pick(pairs);
    const { first, last } = spanOf(maker, owner);
    const createdAt = daysAgo(seed, last + ((first - last) * random.whole(5, 95)) / 100);
    return {
      id: random.uuid(),
      slug: generateRoomSlug(random.bytes),
      name: `Meeting ${index + 1}`,
      accessLevel: LEVELS[index % LEVELS.length] ?? "trusted",
      pinCode: index % 10 === 0 ? generatePinCode(10, random.bytes) : null,
      createdByApplicationId: index % 25 === 24 ? null : maker.id,
      ...(index % 4 === 0 ? { externalId: `event-${index}`, externalOwnerId: owner.id } : {}),
      ...(index % 9 === 8 ? { expiresAt: daysAgo(seed, random.whole(-20, 20)) } : {}),
      ...(index % 12 === 11 ? { deletedAt: daysAgo(seed, 0.05) } : {}),
      createdAt,
      updatedAt: createdAt,
      owner,
    };
  });
  await database.room.createMany({ data: rooms.map(({ owner: _, ...room }) => room) });
  await database.roomAttendee.createMany({
    data: rooms.flatMap(({ id }, index) =>
      index % 6 === 0
        ? [
            { roomId: id, email: "guest@partner.example" },
            { roomId: id, email: `guest-${index}@partner.example` },
          ]
        : [],
    ),
  });
  await database.roomAccess.createMany({
    data: rooms.flatMap(({ id, owner, createdAt }, index) => {
      const other = random.pick(people.filter((person) => person.createdAt <= createdAt));
      const access = { roomId: id, createdAt };
      const role = index % 2 === 0 ? ("administrator" as const) : ("member" as const);
      return [
        { ...access, personId: owner.id, role: "owner" as const },
        ...(index % 3 === 0 && other.id !== owner.id ? [{ ...access, personId: other.id, role }] : []),
      ];
    }),
  });
  return rooms.flatMap(({ id, slug, name, createdByApplicationId, owner, createdAt }) =>
    createdByApplicationId === null
      ? []
      : [{ id, slug, name, applicationId: createdByApplicationId, personId: owner.id, createdAt }],
  );
}

/** As names are spelled in addresses. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^a-zA-Z]/g, "")
    .toLowerCase();
}
