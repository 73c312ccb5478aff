// Measures the product beside others and prints tables.
import type { Bench, Section } from "./bench";
import { takeCores } from "./harness/cores";
import { openPostgres } from "./harness/postgres";
import { startVestibule } from "./harness/vestibule";
import { readOptions, type SectionName } from "./options";
import { measureTokens } from "./sections/token";

const SECTIONS: Record<SectionName, Section> = { token: measureTokens };

const options = readOptions(process.argv.slice(2));
const cores = takeCores();
const say = (text: string) => console.error(`> ${text}`);

say("starting PostgreSQL and the product");
const postgres = await openPostgres(cores);
try {
  const databaseUrl = await postgres.createDatabase("vestibule");
  const vestibule = await startVestibule({ cores, databaseUrl });
  const bench: Bench = { options, cores, postgres, vestibule, say };
  try {
    for (const name of options.sections) {
      say(name);
      console.log(`\n${await SECTIONS[name](bench)}`);
    }
  } finally {
    await vestibule.stop();
  }
} finally {
  await postgres.close();
}
