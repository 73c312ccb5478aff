// Measures the product beside others and prints tables. docs/performance.md explains what it prints.
import { readFileSync, writeFileSync } from "node:fs";
import type { Bench, Section } from "./bench";
import { applicationStatements, scaled } from "./data/bulk-rows";
import { takeCores } from "./harness/cores";
import { describeMachine } from "./harness/machine";
import { measureForeignLoad } from "./harness/measure";
import { openPostgres } from "./harness/postgres";
import { startVestibule } from "./harness/vestibule";
import { readOptions, type SectionName } from "./options";
import { takeProfile } from "./profile/take-profile";
import { replaceBlock } from "./report/document";
import { measureEmbedded } from "./sections/embedded";
import { measureFloods } from "./sections/floods";
import { measureGrowth } from "./sections/growth";
import { measurePages } from "./sections/pages";
import { measureRooms } from "./sections/rooms";
import { measureTokens } from "./sections/token";

const SECTIONS: Record<SectionName, Section> = {
  token: measureTokens,
  rooms: measureRooms,
  embedded: measureEmbedded,
  floods: measureFloods,
  growth: measureGrowth,
  pages: measurePages,
};
/** Milliseconds for which the machine is watched before anything is started. */
const WATCH_MS = 2_000;
const DOCUMENT = "docs/performance.md";

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  const options = readOptions(args);
  const cores = takeCores();
  const say = (text: string) => console.error(`> ${text}`);
  const foreignLoad = await measureForeignLoad(cores, WATCH_MS);

  say("starting PostgreSQL and the product");
  const postgres = await openPostgres(cores);
  try {
    const command = ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
    const texts = [describeMachine({ cores, postgres, now: Date.now(), foreignLoad, command })];
    console.log(texts.join(""));
    if (options.profiles) {
      console.log(await takeProfile(options, cores, postgres));
      return;
    }
    const databaseUrl = await postgres.createDatabase("vestibule");
    const fill = (url: string) => postgres.run(url, applicationStatements(scaled(options.size).applications));
    const vestibule = await startVestibule({ cores, databaseUrl, fill });
    const bench: Bench = { options, cores, postgres, vestibule, databaseUrl, say };
    try {
      for (const name of options.sections) {
        say(name);
        const text = await measureSection(name, bench);
        console.log(text);
        texts.push(text);
      }
    } finally {
      await vestibule.stop();
    }
    if (options.writes && process.exitCode !== 1)
      writeFileSync(DOCUMENT, replaceBlock(readFileSync(DOCUMENT, "utf8"), texts.join("\n")));
  } finally {
    await postgres.close();
  }
}

/** What was measured before a section that fails is worth something all the same; the run fails at its end. */
async function measureSection(name: SectionName, bench: Bench): Promise<string> {
  try {
    return await SECTIONS[name](bench);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return `### Not measured: ${name}\n`;
  }
}

// What is told to end leaves nothing behind either: the handlers of "exit" stop what was started and remove its folders.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));

await run();
