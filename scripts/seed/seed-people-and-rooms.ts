import { generatePinCode, generateRoomSlug } from "@/lib/rooms/room-slug";
import { DAY_MS } from "@/lib/time";
import type { SeededApplication } from "./seed-applications";
import { daysAgo, type Seed } from "./seed-world";

const FIRST = ["Alix", "Bao", "Camille", "Dounia", "Élise", "Farid", "Gaël", "Hélène", "Inès", "Jules"] as const;
const LAST = ["Arnaud", "Bernard", "Chevalier", "Diallo", "Étienne", "Faure", "Garnier", "Haddad"] as const;
const LEVELS = ["public", "trusted", "restricted"] as const;
const PEOPLE = 120;
const ROOMS = 200;

export type SeededPerson = { id: string; email: string; createdByApplicationId: string | null; createdAt: Date };
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
    // The first application is the one that is looked at first: it has many people.
    const application = (index % 8 === 0 ? limited[0] : undefined) ?? random.pick(limited);
    return {
      id: random.uuid(),
      email: `${plain(first)}.${plain(last)}.${index}@${random.pick(application.domains)}`,
      displayName: random.chance(0.8) ? `${first} ${last}` : null,
      isActive: index % 15 !== 14,
      isDelegationAllowed: index % 20 !== 19,
      createdByApplicationId: random.chance(0.9) ? application.id : null,
      // Nobody becomes known through an application that is not there yet.
      createdAt: daysAgo(seed, Math.min(random.whole(1, 90), application.createdDaysAgo)),
    };
  });
  await database.person.createMany({ data: people.map((person) => ({ ...person, updatedAt: person.createdAt })) });
  await seedPersonRules(seed, applications, people);
  return people;
}

/** Puts people on the allow and deny lists of the applications that have some. */
async function seedPersonRules(
  { database, random, now }: Seed,
  applications: readonly SeededApplication[],
  people: readonly SeededPerson[],
): Promise<void> {
  const data = applications.flatMap(({ id: applicationId, lists = {} }) =>
    (["allow", "deny"] as const).flatMap((effect) =>
      people
        .slice(effect === "allow" ? 0 : 50)
        .slice(0, lists[effect] ?? 0)
        .map(({ email }) => ({ id: random.uuid(), applicationId, email, effect, createdAt: now })),
    ),
  );
  await database.applicationPersonRule.createMany({ data });
}

/** Whether the domains of the application admit the person. */
export function admits({ domains }: SeededApplication, { email }: SeededPerson): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.indexOf("@") + 1));
}

/** Stores rooms of every access level, among them deleted and expired ones, and ones with the application's own name. */
export async function seedRooms(
  seed: Seed,
  applications: readonly SeededApplication[],
  people: readonly SeededPerson[],
): Promise<SeededRoom[]> {
  const { database, random } = seed;
  const used = applications.filter(({ usedDaysAgo }) => usedDaysAgo !== undefined && usedDaysAgo < 5);
  const rooms = Array.from({ length: ROOMS }, (_, index) => {
    const owner = random.pick(people);
    const maker = random.pick(used.filter((application) => admits(application, owner)));
    // After both the owner became known and the application was made, and a while ago.
    const days = Math.min(maker.createdDaysAgo, (seed.now.getTime() - owner.createdAt.getTime()) / DAY_MS);
    const createdAt = daysAgo(seed, (days * random.whole(5, 95)) / 100);
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
