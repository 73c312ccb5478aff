import { createApplication } from "@/lib/applications/create-application";
import { SCOPES } from "@/lib/applications/scopes";
import { type Database, database } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import { generateRoomSlug } from "@/lib/rooms/room-slug";

export type Fixtures = {
  applications: { applicationId: string; clientId: string; clientSecret: string }[];
  /** Addresses for whom rooms are made. */
  people: string[];
  /** Addresses of people who have a page of rooms each and get no more. */
  readers: string[];
};

/** As many as there are connections: neighbours that share everything would be cheaper than real ones. */
const APPLICATIONS = 16;
const PEOPLE = 128;
const READERS = 8;
const ROOMS_OF_READER = 20;

async function makeApplications(): Promise<Fixtures["applications"]> {
  const member = await database().staffMember.findFirstOrThrow({ select: { id: true, role: true } });
  const actor = { kind: "staff" as const, ...member, ip: "127.0.0.1", requestId: "bench" };
  const made: Fixtures["applications"] = [];
  for (let index = 0; index < APPLICATIONS; index += 1) {
    const application = {
      name: `Bench ${index}`,
      description: "",
      ownerContact: "",
      scopes: [...SCOPES],
      domainPolicy: "any" as const,
      domains: [],
    };
    made.push(await createApplication({ actor, now: () => new Date(), config: config() }, application));
  }
  return made;
}

async function makePeople(target: Database): Promise<Pick<Fixtures, "people" | "readers">> {
  const emails = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}-${index}@bench.example`);
  const [people, readers] = [emails("person", PEOPLE), emails("reader", READERS)];
  await target.person.createMany({ data: [...people, ...readers].map((email) => ({ email })) });
  return { people, readers };
}

/** Rooms of people who only read: a list must not grow while it is measured. */
async function makeRooms(target: Database, { applications, readers }: Fixtures): Promise<void> {
  const owners = await target.person.findMany({ where: { email: { in: readers } }, select: { id: true } });
  const [maker] = applications;
  if (maker === undefined) throw new Error("No application was made.");
  for (const { id: personId } of owners) {
    const rooms = await target.room.createManyAndReturn({
      data: Array.from({ length: ROOMS_OF_READER }, (_, index) => ({
        slug: generateRoomSlug(),
        name: `Meeting ${index}`,
        accessLevel: "trusted" as const,
        createdByApplicationId: maker.applicationId,
      })),
      select: { id: true },
    });
    await target.roomAccess.createMany({ data: rooms.map(({ id }) => ({ roomId: id, personId, role: "owner" })) });
  }
}

/**
 * Makes what the load needs, the applications by the product's own verb. Somebody has to be in the staff, and the
 * configuration to be set.
 */
export async function makeFixtures(): Promise<Fixtures> {
  const fixtures = { applications: await makeApplications(), ...(await makePeople(database())) };
  await makeRooms(database(), fixtures);
  return fixtures;
}
