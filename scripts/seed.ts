// Fills an empty database with a world to look at, for development and quality assurance. docs/qa.md explains the
// options.
import { type Database, database } from "@/lib/db/client";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { describeStartFailure } from "@/lib/server/start-failure";
import { withDatabase } from "./command/with-database";
import { readSeedArguments, type SeedCommand } from "./seed/read-seed-arguments";
import { seedApplications } from "./seed/seed-applications";
import { seedAudit } from "./seed/seed-audit";
import { seedCalls } from "./seed/seed-calls";
import { seedManyApplications } from "./seed/seed-many-applications";
import { seedPeople, seedRooms } from "./seed/seed-people-and-rooms";
import { createSeedRandom } from "./seed/seed-random";
import { seedStaff } from "./seed/seed-staff";

/** What the command line asks for cannot be done. The message is all there is to say. */
class SeedRefusal extends Error {}

async function isEmpty(target: Database): Promise<boolean> {
  const counts = await Promise.all([
    target.staffMember.count(),
    target.application.count(),
    target.person.count(),
    target.room.count(),
  ]);
  return counts.every((count) => count === 0);
}

async function seedWorld({ seed, printsCredentials }: SeedCommand): Promise<void> {
  const context = { database: database(), random: createSeedRandom(seed), now: new Date() };
  const { staff, password } = await seedStaff(context);
  const { applications, credentials } = await seedApplications(context, staff);
  const people = await seedPeople(context, applications);
  const rooms = await seedRooms(context, applications, people);
  await seedCalls(context, { applications, people, rooms });
  await seedAudit(context, { staff, applications, people, rooms });
  console.log(`Stored ${applications.length} applications, ${people.length} people and their rooms, calls and events.`);
  console.log("\nSign in with this password, made for this database and shown only now:");
  for (const { email, role } of staff.slice(0, 3)) console.log(`  ${role.padEnd(14)} ${email}`);
  console.log(`  ${"password".padEnd(14)} ${password}`);
  if (printsCredentials) {
    console.log(`\nCredentials of “${applications[0]?.name}”:`);
    console.log(`  client_id      ${credentials.clientId}\n  client_secret  ${credentials.clientSecret}`);
  }
}

async function run(command: SeedCommand): Promise<void> {
  const settings = await parseEnvironment(readEnvironment(process.cwd()));
  if (settings.databaseUrl !== undefined && !command.allowsServer) {
    throw new SeedRefusal("DATABASE_URL is set. To fill the database it names, add --database-url; never a real one.");
  }
  await withDatabase(settings, async () => {
    if (await isEmpty(database())) await seedWorld(command);
    else if (command.manyApplications === 0) {
      throw new SeedRefusal("The database is not empty, and nothing was changed. Seed a new DATA_DIR instead.");
    }
    if (command.manyApplications > 0) {
      await seedManyApplications(database(), command.manyApplications);
      console.log(`Added ${command.manyApplications} applications.`);
    }
  });
}

try {
  await run(readSeedArguments(process.argv.slice(2)));
} catch (error) {
  const isPlain = error instanceof SeedRefusal || (error instanceof Error && /^--|Unknown option/.test(error.message));
  console.error(isPlain ? (error as Error).message : describeStartFailure(error, undefined));
  process.exitCode = 1;
}
