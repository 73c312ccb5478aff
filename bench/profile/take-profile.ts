import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { applicationStatements, scaled } from "../data/bulk-rows";
import type { Cores } from "../harness/cores";
import { runLoad } from "../harness/load";
import type { Postgres } from "../harness/postgres";
import { startVestibule } from "../harness/vestibule";
import { vestibuleRow } from "../harness/vestibule-row";
import type { BenchOptions } from "../options";
import { type GroupedProfile, groupProfile, type Share } from "./group-profile";
import { createSourceLocator } from "./source-locator";

const WARM_UP_SECONDS = 10;
const PROFILE_SECONDS = 10;
const FUNCTIONS_SHOWN = 30;
const SHARE_SHOWN_MIN = 0.005;

/** Profiles the product while it issues tokens, and returns where the time goes as Markdown lists. */
export async function takeProfile(options: BenchOptions, cores: Cores, postgres: Postgres): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-bench-profile-"));
  const path = join(folder, "token.cpuprofile");
  const vestibule = await startVestibule({
    cores,
    databaseUrl: await postgres.createDatabase("vestibule"),
    fill: (url) => postgres.run(url, applicationStatements(scaled(options.size).applications)),
    settings: { BENCH_PROFILE: path },
    nodeOptions: ["--import", "./bench/profile/preload.mjs"],
  });
  try {
    const { job } = vestibuleRow({ vestibule, postgres });
    await runLoad({ ...job, seconds: WARM_UP_SECONDS }, cores);
    process.kill(vestibule.pid, "SIGUSR2");
    const { latencies } = await runLoad({ ...job, seconds: PROFILE_SECONDS }, cores);
    process.kill(vestibule.pid, "SIGUSR2");
    while (!existsSync(path)) await wait(100);
    const grouped = groupProfile(JSON.parse(readFileSync(path, "utf8")), createSourceLocator());
    return toLists(grouped, latencies.length);
  } finally {
    await vestibule.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The lists of a profile, without what is hardly there. */
export function toLists({ groups, functions }: GroupedProfile, tokens: number): string {
  const list = (shares: readonly Share[]) =>
    shares.map(({ name, share }) => `- ${(share * 100).toFixed(1)} % ${name}`).join("\n");
  return `### Where the time of a token goes

Self time of the JavaScript thread, over ${tokens} tokens.

${list(groups.filter(({ share }) => share >= SHARE_SHOWN_MIN))}

The functions with the most of it:

${list(functions.slice(0, FUNCTIONS_SHOWN))}
`;
}
